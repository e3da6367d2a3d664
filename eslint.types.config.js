import tseslint from "typescript-eslint"
import fast from "./eslint.config.js"

/**
 * All rules: those of `eslint.config.js`, and what needs the types of the whole program and so takes its
 * time. `npm run check` takes this one, an editor the other. Device programs need no such rule: their
 * compiler refuses a promise that nobody waits for itself.
 */
export default tseslint.config(...fast, {
    // A promise that nobody waits for hides its failure, and outlives what it belongs to.
    files: ["host/**/*.ts", "src/**/*.ts", "test/**/*.ts"],
    ignores: ["test/vm/programs/**", "test/fixtures/**", "**/node_modules/**"],
    languageOptions: {
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
