export * from "./agent"
