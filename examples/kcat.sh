#!/usr/bin/env bash
# By kcat (https://github.com/edenhill/kcat): a text with a key in, its label out, with the headers that name its event and its model.
#   examples/kcat.sh localhost:9092 'three hours on the tarmac, no water'
set -euo pipefail
. "$(dirname "$0")/json-string.sh"
broker=$1 text=$2
id=kcat-$(date +%s)-$$

# The latest committed records of a topic that name the event.
records_of() {
  kcat -C -q -e -b "$broker" -t "$1" -o -1000 -X isolation.level=read_committed -f '%k %s %h\n' | grep -F "$id" || true
}

printf 'customer-7\t{"id":"%s","text":%s}\n' "$id" "$(json_string "$text")" | kcat -P -b "$broker" -t tweets -K '\t'
for _ in 1 2 3 4 5 6 7 8 9 10; do
  found=$(records_of tweets.sentiment)
  [ -z "$found" ] || { printf '%s\n' "$found"; exit 0; }
  found=$(records_of sentiment.dead-letters)
  [ -z "$found" ] || { printf 'no label, but a dead letter: %s\n' "$found" >&2; exit 1; }
  sleep 1
done
echo "neither label nor dead letter for $id within 10 s: does the stream run?" >&2
exit 1
