// Formats what is selected in the composer. By the browser's own command, so that it can be undone.

const LINK = "](https://)";

/** Puts the marks round the selection, or before each of its lines, or takes them away where they are. */
export function formatSelection(field, open, close) {
  const { value } = field;
  let { selectionStart: from, selectionEnd: to } = field;
  let text;
  let select;
  if (!close) {
    from = value.lastIndexOf("\n", from - 1) + 1;
    to = (value + "\n").indexOf("\n", to);
    const lines = value.slice(from, to).split("\n");
    const mark = (index) => (open === "1. " ? `${index + 1}. ` : open);
    const isSet = lines.every((line, index) => line.startsWith(mark(index)));
    text = lines.map((line, index) => (isSet ? line.slice(mark(index).length) : mark(index) + line)).join("\n");
    select = field.selectionStart === field.selectionEnd ? [text.length, text.length] : [0, text.length];
  } else {
    // A mark beside a space is none.
    while (from < to && /\s/.test(value[from])) from++;
    while (from < to && /\s/.test(value[to - 1])) to--;
    const chosen = value.slice(from, to);
    if (open === "`" && chosen.includes("\n")) [open, close] = ["```\n", "\n```"];
    if (value.slice(0, from).endsWith(open) && value.slice(to).startsWith(close)) {
      from -= open.length;
      to += close.length;
      text = chosen;
      select = [0, text.length];
    } else if (chosen.length >= open.length + close.length && chosen.startsWith(open) && chosen.endsWith(close)) {
      text = chosen.slice(open.length, -close.length);
      select = [0, text.length];
    } else {
      text = open + chosen + close;
      const end = open.length + chosen.length;
      // The address is what is to be written next.
      select = close === LINK && chosen ? [end + 2, text.length - 1] : [open.length, end];
    }
  }
  field.setSelectionRange(from, to);
  if (!document.execCommand(text ? "insertText" : "delete", false, text)) field.setRangeText(text);
  field.setSelectionRange(from + select[0], from + select[1]);
}
