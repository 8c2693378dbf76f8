#!/bin/bash
# Runs at every boot of the instance (Machine.cs), so every step can run again. On every exit it tells CloudFormation how it went.
set -Eeuo pipefail
log=/var/log/@@NAME@@-setup.log
exec 3>&1 >"$log" 2>&1
step='before the first step'
trap 'step="line $LINENO: $BASH_COMMAND"' ERR
trap finish EXIT
mkdir -p /var/lib/@@NAME@@

# At most 20 attempts of at most 10 minutes, and no new attempt after 25 minutes: the wait condition ends after 45.
retry() {
  local attempt
  for attempt in {1..20}; do
    timeout 600 "$@" && return
    echo "attempt $attempt failed: $*" >&2
    ((attempt < 20 && SECONDS < 1500)) || break
    sleep 15
  done
  gave_up="retry $*"
  return 1
}

fail() {
  step=$1
  exit 1
}

# Writes standard input to a file. Says in $changed whether the file was another one.
# shellcheck disable=SC2034 # by the rest of the script
put() {
  cat >"$1.new"
  if cmp --quiet "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1" && changed=yes; fi
}

# What the rest of the script takes back when the first boot fails.
# shellcheck disable=SC2317 # by finish
undo() { :; }

# The signal's form: CloudFormation User Guide, "Create wait conditions in a CloudFormation template".
# A later boot signals again; CloudFormation is not waiting then.
finish() {
  local code=$? status=SUCCESS reason='ready'
  trap - ERR EXIT
  set +e
  SECONDS=0
  if [ "$code" -ne 0 ]; then
    status=FAILURE
    [ -e /var/lib/@@NAME@@/ready ] || undo
    reason=$(printf '%s (code %s) %s' "${gave_up:-$step}" "$code" "$(tail -n 3 "$log" | tr '\n' ' ')" | tr -cd '[:alnum:] .,:/_=()-' | cut -c 1-500)
  fi
  [ "$code" -ne 0 ] || touch /var/lib/@@NAME@@/ready
  printf '{"Status":"%s","UniqueId":"setup","Data":"%s","Reason":"%s"}' "$status" "$HOSTNAME" "$reason" >/run/@@NAME@@-signal.json
  echo "$status: $reason"
  retry curl --fail --silent --show-error --max-time 30 --upload-file /run/@@NAME@@-signal.json '@@SIGNAL@@'
  cat "$log" >&3
  exit "$code"
}
