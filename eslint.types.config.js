import tseslint from "typescript-eslint"

/**
 * What needs the types of the whole program, and so takes its time: run by `npm test`, and by itself as
 * `npm run check:promises`. Device programs need it not: their compiler refuses such a promise itself.
 */
export default tseslint.config({
    // A promise that nobody waits for hides its failure, and outlives what it belongs to.
    files: ["host/**/*.ts", "src/**/*.ts", "test/**/*.ts"],
    ignores: ["test/vm/programs/**", "test/fixtures/**", "**/node_modules/**"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
        parser: tseslint.parser,
        parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
        "@typescript-eslint/no-floating-promises": "error",
        "@typescript-eslint/await-thenable": "error",
        "@typescript-eslint/no-misused-promises": [
            "error",
            { checksVoidReturn: { arguments: false, attributes: false } },
        ],
    },
})
