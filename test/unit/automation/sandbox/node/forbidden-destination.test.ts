import assert from "node:assert/strict";
import { isForbidden } from "../../../../../automation/sandbox/node/forbidden-destination";
import { doorEstate } from "../../../../support/door-estate";

describe("destinations that the agent refuses", () => {
  const { estate, instance } = doorEstate();
  const refused = (hosts: string[]): boolean[] => hosts.map((host) => isForbidden(estate, instance, host));

  it("are the host's services", () => {
    assert.deepEqual(
      refused([
        "169.254.169.254",
        "169.254.169.253",
        "169.254.169.123",
        "169.254.169.250",
        "169.254.169.251",
        "FD00:EC2::254",
      ]),
      [true, true, true, true, true, true],
    );
  });

  it("are the reserved addresses of the VPC: the first four and the last", () => {
    assert.deepEqual(refused(["10.40.0.0", "10.40.0.3", "10.40.0.255"]), [true, true, true]);
  });

  it("are nothing else", () => {
    assert.deepEqual(refused(["10.40.0.4", "10.40.0.254", "10.41.0.1", "127.0.0.1", "db.example.com"]), [
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
