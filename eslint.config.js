import js from "@eslint/js"
import tseslint from "typescript-eslint"

export default tseslint.config(
    {
        ignores: [
            "dist",
            ".dist-*",
            ".bench-*",
            "**/node_modules",
            "**/.devicescript",
            "test/fixtures",
        ],
    },
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    js.configs.recommended,
    ...tseslint.configs.recommended,
    {
        rules: {
            eqeqeq: "error",
            "no-restricted-syntax": [
                "error",
                { selector: "ExportDefaultDeclaration", message: "Name what you export." },
            ],
            "@typescript-eslint/no-unused-vars": [
                "error",
                { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
            ],
            "@typescript-eslint/consistent-type-imports": "error",
        },
    },
    {
        files: ["**/*.config.ts", "*.config.js"],
        rules: { "no-restricted-syntax": "off" },
    },
    {
        files: ["**/*.mjs"],
        languageOptions: {
            globals: {
                process: "readonly",
                console: "readonly",
                Buffer: "readonly",
                URL: "readonly",
                WebAssembly: "readonly",
            },
        },
    },
    {
        // Device code must load in DeviceScript: no host types or Node modules.
        files: ["src/**/*.ts"],
        rules: {
            "no-restricted-imports": [
                "error",
                { patterns: ["node:*", "*/host/*", "*/devs/*", "@devicescript/*"] },
            ],
        },
    },
    {
        // DeviceScript: its types come with its compiler, which itself refuses a promise that nobody
        // waits for. Programs of the tests do what nobody should, because that is what is tested.
        files: ["devs/**/*.ts", "test/vm/programs/**/*.ts"],
        rules: {
            "no-restricted-imports": ["error", { patterns: ["node:*", "**/host/**"] }],
            "no-restricted-globals": ["error", "process", "setImmediate", "require"],
            // What a variable costs is what is measured: it may be written and never read, and a
            // constant is another program, because the compiler folds it.
            "@typescript-eslint/no-unused-vars": "off",
            "no-useless-assignment": "off",
            "prefer-const": "off",
            "@typescript-eslint/no-explicit-any": "off",
        },
    },
)
