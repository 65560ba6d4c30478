import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { connectionLines, exportLines } from "../../../../automation/client/connection-lines";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const AT = { host: "127.0.0.1", port: 20123, user: "jane@example.com", database: "app" };

describe("what to type for a proxy", () => {
  it("is a psql line that reads the secret from its file, and a JDBC address without it", () => {
    assert.deepEqual(connectionLines(AT, "/h/proxy-secret"), {
      psql: `PGPASSWORD="$(cat '/h/proxy-secret')" psql 'host=127.0.0.1 port=20123 user=jane@example.com dbname=app sslmode=disable'`,
      jdbc: "jdbc:postgresql://127.0.0.1:20123/app?user=jane%40example.com&sslmode=disable",
    });
  });

  it("is a folder and no secret for a socket, which JDBC does not know", () => {
    assert.deepEqual(connectionLines({ ...AT, host: "/run/s p" }, undefined), {
      psql: `psql 'host='\\''/run/s p'\\'' port=20123 user=jane@example.com dbname=app'`,
      jdbc: undefined,
    });
  });

  it("survives a shell and libpq's own quoting, whatever the names are", () => {
    const { psql } = connectionLines({ ...AT, user: `o'brien \\ "x"$HOME` }, undefined);
    const word = execFileSync("sh", ["-c", psql.replace(/^psql/, "printf %s")], { encoding: "utf8" });
    assert.equal(word, `host=127.0.0.1 port=20123 user='o\\'brien \\\\ "x"$HOME' dbname=app`);
  });
});

describe("variables for a shell", () => {
  it("hold no secret, but read it when they are run", () =>
    inTemporaryFolder((folder) => {
      const file = path.join(folder, "it's");
      writeFileSync(file, "s3cret\n");
      const lines = exportLines({ PGHOST: "127.0.0.1", PGUSER: "o'brien" }, file);
      assert.equal(lines.includes("s3cret"), false);
      const run = execFileSync("sh", ["-c", `${lines}printf %s "$PGUSER/$PGPASSWORD"`], { encoding: "utf8" });
      assert.equal(run, "o'brien/s3cret");
      assert.equal(exportLines({ PGHOST: "/run" }, undefined), "export PGHOST='/run'\n");
    }));
});
