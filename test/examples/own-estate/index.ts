import "./machines";
import "./people";
import { database } from "./database";

/** Where the database answers. */
export const host = database.address;
