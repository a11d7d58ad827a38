// Dialogs that end with a yes or with nothing.

/** Open a dialog; `accepted` is told when it ended with a yes. */
export function openDialog(id, accepted) {
  const dialog = document.getElementById(id);
  dialog.returnValue = "";
  dialog.onclose = () => dialog.returnValue === "ok" && accepted?.();
  dialog.showModal();
}
