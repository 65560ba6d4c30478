import { netNoDefaultRoute } from "../../../../policies/network/default-route";
import { ROUTE_CASES } from "../cases/routes";
import { casesOf } from "../cases/rule-cases";
import { describeStackRule } from "../cases/stack-rule-cases";

describe("policies/network/default-route", () => casesOf(ROUTE_CASES, netNoDefaultRoute).forEach(describeStackRule));
