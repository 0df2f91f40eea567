// node:assert, which is a function with a property.
function assert(value, message) {
  if (!value) {
    throw new Error(message);
  }
}
module.exports = Object.assign(assert, { ok: assert });
