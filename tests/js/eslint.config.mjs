// What a compiler does not see. Each rule has its reason; style is left to the eye.
const rules = {
  "no-undef": "off", // the type checker knows more
  "no-unused-vars": ["error", {args: "after-used", argsIgnorePattern: "^_", caughtErrors: "none"}],
  "no-unreachable": "error",
  "no-fallthrough": "error",
  "no-promise-executor-return": "error", // a value that nobody gets
  "no-self-compare": "error",
  "no-unmodified-loop-condition": "error",
  "no-implicit-coercion": "error", // say what is meant: Boolean(x), String(x), Number(x)
  "no-param-reassign": "error",
  "no-var": "error",
  "prefer-const": ["error", {destructuring: "all"}],
  eqeqeq: "error",
  complexity: ["error", 20], // paths through one function
  "max-depth": ["error", 4],
  "max-lines": ["error", 300],
  "max-lines-per-function": ["error", {max: 90, skipComments: true}],
  "max-params": ["error", 7],
};

export default [
  {files: ["static/js/**/*.js"], languageOptions: {ecmaVersion: 2022, sourceType: "module"}, linterOptions: {reportUnusedDisableDirectives: "error"}, rules},
  // The one classic script runs in browsers that have no modules, up to its `import()`.
  {files: ["static/js/start.js"], languageOptions: {sourceType: "script"}, rules: {"no-var": "off", "prefer-const": "off", "no-unused-vars": "off"}},
];
