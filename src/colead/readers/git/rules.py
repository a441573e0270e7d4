"""Rules: all that git and ssh are told when they fetch; nothing of the machine's or a person's."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from colead.readers.git.address import Address

# Old histories hold these, and they harm nobody who reads them: odd dates, names and file modes.
FORGIVEN = (
    "badDate badDateOverflow badEmail badFilemode badName badTimezone missingEmail missingNameBeforeEmail"
    " missingSpaceBeforeDate missingSpaceBeforeEmail missingTaggerEntry multipleAuthors nulInCommit"
    " zeroPaddedDate zeroPaddedFilemode"
).split()
GIT = """[core]
\thooksPath = /dev/null
\tattributesFile = /dev/null
\tfsmonitor = false
\tbigFileThreshold = 16m
\tpackedGitWindowSize = 32m
\tpackedGitLimit = 256m
\tfsyncMethod = batch
[credential]
\thelper =
[fetch]
\tfsckObjects = true
\tunpackLimit = 1
\tbundleURI =
\twriteCommitGraph = false
[transfer]
\tfsckObjects = true
\tbundleURI = false
[submodule]
\trecurse = false
[pack]
\tthreads = 2
[gc]
\tauto = 0
[maintenance]
\tauto = false
[http]
\tfollowRedirects = false
\tsslVerify = true
\tproxy =
\tlowSpeedLimit = 500
\tlowSpeedTime = 60
\tmaxRequests = 1
\tuserAgent = git/colead
"""
SSH = """Host *
\tHostName {pinned}
\tHostKeyAlias {host}
\tPort {port}
\tIdentityFile "{folder}/id"
\tUserKnownHostsFile "{folder}/known_hosts"
\tGlobalKnownHostsFile /dev/null
\tStrictHostKeyChecking {strict}
\tIdentitiesOnly yes
\tIdentityAgent none
\tBatchMode yes
\tPreferredAuthentications publickey
\tCheckHostIP no
\tUpdateHostKeys no
\tVerifyHostKeyDNS no
\tCanonicalizeHostname no
\tHashKnownHosts no
\tClearAllForwardings yes
\tForwardAgent no
\tPermitLocalCommand no
\tProxyCommand none
\tControlMaster no
\tControlPath none
\tConnectTimeout 15
\tServerAliveInterval 15
\tServerAliveCountMax 3
\tLogLevel ERROR
"""


def git_settings(where: Address, pinned: list[str], header: str, authorities: str) -> str:
    """Git's settings for one fetch; `header` is name and token in base64, "" for none."""
    named = [] if where.host in pinned else [",".join(map(_written, pinned))]
    more = [f"\tcurloptResolve = {where.host}:{where.port}:{one}" for one in named]
    if header:
        more.append(f'\textraHeader = "Authorization: Basic {header}"')
    if authorities:
        more.append(f"\tsslCAInfo = {_quoted(authorities)}")
    forgiven = "".join(f"\t{one} = ignore\n" for one in FORGIVEN)
    told = "\n".join(more)
    return f'{GIT}{told}\n[fetch "fsck"]\n{forgiven}'


def ssh_settings(where: Address, pinned: str, folder: Path, *, known: bool) -> str:
    """Ssh's settings for one fetch; a key of the host that is known already is the only one taken."""
    return SSH.format(
        pinned=pinned,
        host=where.host,
        port=where.port,
        folder=folder,
        strict="yes" if known else "accept-new",
    )


def _written(address: str) -> str:
    return f"[{address}]" if ip_address(address).version == 6 else address


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
