// Prints where a browser can be asked to; without scripts the link says how.
for (const door of document.querySelectorAll("[data-print]")) {
  door.addEventListener("click", (event) => {
    event.preventDefault();
    window.print();
  });
}
