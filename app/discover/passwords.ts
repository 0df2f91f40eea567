// Hides the passwords in addresses, such as those of proxies. Pure.

/** Returns a text without the users and passwords in its addresses. */
export function hidden(text: string): string {
  return text.replace(/:\/\/[^/"@\s]*@/g, "://…@");
}
