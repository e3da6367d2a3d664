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
            "test/vm/programs",
            "devs",
        ],
    },
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
)
