import tseslint from "typescript-eslint";

// Type-aware rules that catch what the compiler does not: lost promises, forgotten cases, untyped values.
export default tseslint.config(
  { ignores: ["**/dist/**", "node_modules/**", ".sallyport/**", "**/*.mjs", "**/*.cjs"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/return-await": ["error", "in-try-catch"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Lazy commands load by require(): import() is native under ts-node's CommonJS and does not find .ts files.
      "@typescript-eslint/no-require-imports": "off",
      // Adapters and fakes satisfy async ports without always having something to await.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
);
