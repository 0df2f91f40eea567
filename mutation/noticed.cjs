// Which tests, and files of tests, noticed mutants: the later, the higher their rank.
const ranks = new Map();
let last = 0;

module.exports = {
  notice(...names) {
    last += 1;
    names.forEach((name) => ranks.set(name, last));
  },
  rankOf: (name) => ranks.get(name) ?? 0,
};
