"""Tables of file extensions, file names and folder names that tell a role or a language."""

from __future__ import annotations

_BY_LANGUAGE = {
    "python": "py pyi pyx",
    "javascript": "js jsx mjs cjs es6",
    "typescript": "ts mts cts",
    "tsx": "tsx",
    "vue": "vue",
    "svelte": "svelte",
    "astro": "astro",
    "java": "java",
    "kotlin": "kt kts",
    "scala": "scala sc",
    "groovy": "groovy",
    "clojure": "clj cljs cljc",
    "go": "go",
    "rust": "rs",
    "c": "c h",
    "c++": "cc cpp cxx hpp hh hxx inl",
    "objective-c": "m mm",
    "swift": "swift",
    "c#": "cs",
    "f#": "fs fsi",
    "visual basic": "vb",
    "ruby": "rb rake ru",
    "php": "php php5 phtml",
    "perl": "pl pm",
    "lua": "lua",
    "elixir": "ex exs",
    "erlang": "erl hrl",
    "haskell": "hs lhs",
    "ocaml": "ml mli",
    "elm": "elm",
    "dart": "dart",
    "r": "r",
    "julia": "jl",
    "zig": "zig",
    "nim": "nim",
    "crystal": "cr",
    "solidity": "sol",
    "coffeescript": "coffee",
    "shell": "sh bash zsh",
    "powershell": "ps1 psm1",
    "pascal": "pas",
    "cobol": "cbl cob",
    "fortran": "f90 f95 f03",
    "assembly": "asm s",
    "cuda": "cu",
    "shader": "glsl vert frag wgsl hlsl",
    "terraform": "tf",
    "sql": "sql prisma dbml",
    "interface": "proto graphql gql thrift avsc xsd wsdl raml",
    "grammar": "jison peg pegjs ebnf g4 langium y yy",
    "template": (
        "html htm xhtml erb haml slim jbuilder builder rhtml twig blade latte jinja jinja2 j2 njk"
        " hbs handlebars"
        " mustache ejs pug jade liquid cshtml vbhtml razor jsp jspx ftl ftlh gohtml tmpl heex eex"
        " leex mjml xaml"
        " qml axaml xib storyboard stub tt erubis"
    ),
    "style": "css scss sass less styl pcss",
}
LANGUAGES = {extension: language for language, many in _BY_LANGUAGE.items() for extension in many.split()}
TEMPLATE_LANGUAGES = ("template", "style")

PROSE = frozenset("md markdown mdx rst adoc asciidoc txt tex texi org rdoc pod 1 5 7 8 man".split())
CONFIGURATION = frozenset(
    "yml yaml toml json json5 jsonc ini cfg conf config properties lock xml plist env gradle"
    " sln csproj fsproj vbproj"
    " props targets gemspec podspec cabal cmake mk bazel bzl nix iml editorconfig neon dist"
    " example service rules"
    " hcl tfvars tpl webmanifest slnx pbxproj xcconfig entitlements mod sum work bat cmd in pro reg".split()
)
MESSAGES = frozenset(
    "po pot mo xlf xliff arb strings resx resw stringsdict xcstrings".split()
)  # always translations
MESSAGE_FORMATS = frozenset("json yml yaml toml properties ini po pot xml txt csv ftl md html lang".split())
TEMPLATE_TEXT = frozenset("txt text xml eml".split())

BUILD_FILES = frozenset(
    "package.json composer.json cargo.toml cargo.lock go.mod go.sum pom.xml build.xml makefile"
    " gnumakefile rakefile"
    " gemfile jenkinsfile vagrantfile brewfile pipfile justfile taskfile.yml cmakelists.txt build.gradle"
    " build.gradle.kts settings.gradle settings.gradle.kts gradlew gradlew.bat mvnw mvnw.cmd noxfile.py"
    " gulpfile.js gruntfile.js webpack.mix.js yarn.lock package-lock.json pnpm-lock.yaml"
    " composer.lock gemfile.lock"
    " poetry.lock uv.lock robots.txt manifest.in build.bazel workspace.bazel tiltfile earthfile"
    " fastfile appfile"
    " podfile mix.exs rebar.config artisan".split()
)
ROOT_BUILD_FILES = frozenset(
    "build.rs setup.py tasks.py fabfile.py manage.py server.php config.ru build.py"
    " package.swift dangerfile.js dangerfile.ts"
    " versioneer.py setup.cfg release.py".split()
)

VENDORED = frozenset(
    "node_modules bower_components third_party third-party thirdparty 3rdparty 3rd-party"
    " _vendor vendored godeps pods"
    " carthage jspm_packages site-packages .yarn .bundle virtualenv venv .venv".split()
)
WEB = frozenset("public static www wwwroot webroot js javascripts".split())
ASSETS = frozenset(
    "static assets public js css javascripts javascript stylesheets lib libs www wwwroot webroot dist".split()
)
OWN = frozenset(
    "app src views models controllers resources domain features modules pages routes api"
    " services components entities"
    " templates internal pkg server client".split()
)
SOURCE = frozenset("app src lib internal pkg server client packages apps services".split())
GENERATED = frozenset(
    "dist __generated__ generated _generated autogen auto-generated generated-sources .next"
    " .nuxt .output __pycache__"
    " .cache storybook-static".split()
)
OUTPUT = frozenset("out target coverage htmlcov".split())
TESTS = frozenset(
    "test tests __tests__ __test__ __mocks__ __fixtures__ __snapshots__ snapshots testdata"
    " fixtures fixture mocks"
    " testfixtures testutil testutils cypress e2e playwright androidtest jvmtest commontest nativetest jstest"
    " unittests integrationtests integration_tests functional_tests acceptance benches benchmark"
    " benchmarks smokehouse"
    " step_definitions test262 fuzz".split()
)
ROOT_TESTS = frozenset("t testing testsuite qa perf bench regression".split())
NOT_A_TEST = ("ab-test", "ab_test", "abtest", "a-b-test", "split-test", "split_test", "splittest")
DOCS = frozenset("docs doc documentation .vitepress .vuepress .docusaurus apidocs javadoc".split())
ROOT_DOCS = frozenset("guides website book handbook manual wiki man".split())
EXAMPLES = frozenset(
    "example examples demo demos sample samples playground playgrounds sandbox tutorial tutorials".split()
)
LOCALES = frozenset(
    "locale locales i18n intl translation translations lang langs language languages l10n"
    " _locales localization"
    " localisation lc_messages".split()
)
TONGUES = frozenset(  # ISO 639-1, and some longer codes that translation platforms use
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv"
    " cy da de dv dz ee el en"
    " eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig"
    " ii ik io is it iu ja jv"
    " ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn"
    " mr ms mt my na nb nd ne"
    " ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk"
    " sl sm sn so sq sr ss st"
    " su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    " ast ceb ckb fil haw hsb kab kmr yue".split()
)
TEMPLATES = frozenset(
    "templates template views mails mailers emails email_templates layouts partials".split()
)
TOOLING = frozenset("script scripts hack ci build tooling devops build-logic buildsrc bin libexec".split())
MIGRATIONS = frozenset("migrations migration migrate".split())
