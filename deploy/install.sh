#!/bin/sh
# Installs or upgrades Baton (指挥棒) from an offline kit, with the network off.
#
#   sh install.sh FOLDER      e.g. /srv/baton; the same call installs and upgrades
#
# FOLDER/releases/VERSION-DIGEST  one release each; earlier ones stay, so one can go back
# FOLDER/libraries/DIGEST         Python with the libraries of one lock; releases with the same lock share them
# FOLDER/current                  the release in use
# FOLDER/baton.env                settings; written once, never changed again
# FOLDER/baton                    the command line with these settings
# FOLDER/home                     data; neither made nor touched here
set -eu

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "$1"
    say "$2"
    exit 69
}

[ $# -eq 1 ] || {
    say "用法：sh install.sh 文件夹（如 /srv/baton）"
    say "Usage: sh install.sh FOLDER (such as /srv/baton)"
    exit 64
}
kit=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
place=$(cd "$1" && pwd)

say "核对文件 / checking the kit"
(cd "$kit" && sha256sum --check --quiet --strict SHA256SUMS) ||
    fail "安装包不完整或被改动过（见上）。请重新拷贝。" "The kit is not whole or was changed (see above). Copy it again."

value() { sed -n "s/^ *\"$1\": *\"\([^\"]*\)\".*/\1/p" "$kit/kit.json"; }
version=$(value version)
wanted=$(value python)
machine=$(value machine)
[ "$(uname -m)" = "$machine" ] ||
    fail "安装包是为 $machine 准备的，这台机器是 $(uname -m)。" "The kit is for $machine, this machine is $(uname -m)."
python=
for name in ${BATON_PYTHON:-"python$wanted" python3 python}; do
    asked="import sys, venv, ensurepip; print(sys.executable); sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')"
    python=$("$name" -c "$asked" 2>/dev/null) && break
    python=
done
[ -n "$python" ] ||
    fail "需要 Python $wanted（含 venv）。请安装，或用 BATON_PYTHON=/路径/python$wanted 指明。" \
        "Python $wanted with venv is needed. Install it, or name it: BATON_PYTHON=/path/to/python$wanted sh install.sh ..."

# Libraries first: the stamp is a copy of the lock, written last, and the house's own script looks for it.
lock=$kit/baton/requirements.lock
libraries=$place/libraries/$(sha256sum "$lock" | cut -c1-12)-$wanted
if ! cmp -s "$lock" "$libraries/requirements.lock"; then
    say "安装依赖 / installing libraries"
    rm -rf "$libraries"
    mkdir -p "$place/libraries"
    "$python" -m venv "$libraries"
    : >"$libraries/complete"
    PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS=$kit/wheels \
        "$libraries/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r "$lock" ||
        fail "依赖没有装上（见上）。" "The libraries could not be installed (see above)."
    cp "$lock" "$libraries/requirements.lock"
fi

release=releases/$version-$(sha256sum "$kit/SHA256SUMS" | cut -c1-12)
if [ ! -f "$place/$release/complete" ]; then
    # What an interrupted run has left is no release.
    rm -rf "${place:?}/$release"
    mkdir -p "$place/$release"
    cp -R "$kit/baton/." "$place/$release"
    chmod +x "$place/$release/baton"
    ln -s "../../libraries/${libraries##*/}" "$place/$release/.venv"
    "$place/$release/baton" --version >&2
    : >"$place/$release/complete"
fi

if [ ! -f "$place/baton.env" ]; then
    umask 077
    cat >"$place/baton.env" <<SETTINGS
# Settings of Baton; see docs/howto/deploy.md. Lines are NAME=VALUE, without quotes and blanks.
BATON_HOME=$place/home
#DATABASE_URL=postgresql://baton:password@127.0.0.1:5432/baton
#BATON_HOSTS=zhb.example
#BATON_HTTPS=1
#BATON_PROXIES=127.0.0.1
#BATON_LOG_FILE=/var/log/baton/baton.log
SETTINGS
    umask 022
fi
cat >"$place/baton" <<COMMAND
#!/bin/sh
# The command line of the release in use, with the settings of this place.
set -a
. "$place/baton.env"
exec "$place/current/baton" "\$@"
COMMAND
chmod +x "$place/baton"

earlier=$(readlink "$place/current" 2>/dev/null || true)
ln -sfn "$release" "$place/current"
say "已安装版本 $version。/ Version $version is installed."
if [ -n "$earlier" ] && [ "$earlier" != "$release" ]; then
    say "接着：停止服务，运行 $place/baton upgrade，再启动。退回：ln -sfn $earlier $place/current，再恢复升级前的备份。"
    say "Next: stop the server, run $place/baton upgrade, start it. Back: ln -sfn $earlier $place/current, then restore the backup of before."
else
    say "接着：看 $place/baton.env，运行 $place/baton check，再启动 $place/baton serve（或 deploy/ 里的 systemd 单元）。"
    say "Next: look into $place/baton.env, run $place/baton check, then $place/baton serve (or the systemd units in deploy/)."
fi
