import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCidr } from "../../../../infra/contract/cidr";
import { planSubnets } from "../../../../infra/network/subnet-plan";

describe("subnet plan", () => {
  it("makes one access and one data subnet per zone", () => {
    assert.deepEqual(planSubnets("10.40.0.0/24", 2), {
      access: [
        { name: "access-a", cidr: "10.40.0.0/27", zone: 0 },
        { name: "access-b", cidr: "10.40.0.32/27", zone: 1 },
      ],
      data: [
        { name: "data-a", cidr: "10.40.0.128/27", zone: 0 },
        { name: "data-b", cidr: "10.40.0.160/27", zone: 1 },
      ],
    });
  });

  it("keeps every subnet inside the network, apart from the others, and not smaller than /28", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 25 }), fc.constantFrom(2 as const, 3 as const), (prefix, zones) => {
        const plan = planSubnets(`10.40.0.0/${prefix}`, zones);
        const network = parseCidr(`10.40.0.0/${prefix}`);
        assert.ok(network);
        const parts = [...plan.access, ...plan.data].map(({ cidr }) => {
          const part = parseCidr(cidr);
          assert.ok(part);
          return part;
        });
        const size = 2 ** (32 - prefix - 3);
        const bases = parts.map(({ base }) => base - network.base).sort((a, b) => a - b);
        bases.forEach((base, index) => {
          assert.equal(base % size, 0);
          assert.ok(base + size <= 2 ** (32 - prefix));
          assert.ok(index === 0 || base > (bases[index - 1] ?? 0));
        });
        for (const part of parts) assert.ok(part.prefix <= 28);
      }),
    );
  });

  it("moves nothing when a third zone is added", () => {
    const [two, three] = [planSubnets("10.40.0.0/24", 2), planSubnets("10.40.0.0/24", 3)];
    assert.deepEqual(three.access.slice(0, 2), two.access);
    assert.deepEqual(three.data.slice(0, 2), two.data);
  });

  it("refuses what the contract would have refused", () => {
    assert.throws(() => planSubnets("nonsense", 2), /the network nonsense is not valid/);
  });
});
