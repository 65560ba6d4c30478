import { platformProgram } from "./platform-program";

// For plain `pulumi preview` and `pulumi up`: the engine calls the exported function and takes its result as the outputs.
export = () => platformProgram();
