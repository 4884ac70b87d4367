// What a long, virtualised list of lines needs of the browser.

/** Brings a line, counted from 1, to a third of the scroller's height. */
export function scrollToLine(scroller, line, height) {
  scroller.scrollTop = Math.max(0, (line - 1) * height - scroller.clientHeight / 3);
}
