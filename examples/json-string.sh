# A text in UTF-8 as a JSON string, by bash alone (3.2 or later). Where jq is at hand: jq -n --arg text "$1" '{$text}'.
json_string() {
  local text=$1 code character escaped
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  for code in {1..31}; do # NUL cannot be in an argument
    printf -v character "\\$(printf '%03o' "$code")"
    printf -v escaped '\\u%04x' "$code"
    text=${text//"$character"/$escaped}
  done
  printf '"%s"' "$text"
}
