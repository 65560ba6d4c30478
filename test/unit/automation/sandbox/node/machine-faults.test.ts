import assert from "node:assert/strict";
import {
  replaceInstance,
  startInstance,
  stopInstance,
  stoppedInstances,
} from "../../../../../automation/sandbox/node/machine-faults";
import { doorEstate } from "../../../../support/door-estate";

describe("faults of machines", () => {
  it("a stopped instance is known as such, and starts again", () => {
    const { estate, instance } = doorEstate();
    stopInstance(instance);
    assert.equal(instance.props.instanceState, "stopped");
    assert.deepEqual(stoppedInstances(estate), [instance]);
    startInstance(instance);
    assert.equal(instance.props.instanceState, "running");
    assert.deepEqual(stoppedInstances(estate), []);
  });

  it("an instance that its owner stopped is not started", () => {
    const { instance } = doorEstate();
    instance.props.instanceState = "stopped";
    startInstance(instance);
    assert.equal(instance.props.instanceState, "stopped");
  });

  it("a replacement is like the old one under another id, younger, and running", () => {
    const door = doorEstate();
    door.advance(600_000);
    stopInstance(door.instance);
    const fresh = replaceInstance(door.estate, door.instance);
    assert.match(fresh.id, /^i-0[0-9a-f]{16}$/);
    assert.notEqual(fresh.id, door.instance.id);
    assert.deepEqual(door.estate.list(fresh.token), [fresh]);
    assert.deepEqual(
      [fresh.props.subnetId, fresh.props.iamInstanceProfile, fresh.props.tagsAll, fresh.props.instanceState],
      [door.instance.props.subnetId, door.instance.props.iamInstanceProfile, door.instance.props.tagsAll, "running"],
    );
    assert.ok(fresh.createdAt > door.instance.createdAt);
    assert.doesNotMatch(JSON.stringify(fresh), new RegExp(door.instance.id));
    assert.deepEqual(stoppedInstances(door.estate), []);
  });
});
