// A file that came as an answer to a call, saved under a name.
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has read it by the time of the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
