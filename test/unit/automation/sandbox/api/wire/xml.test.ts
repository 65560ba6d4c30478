import assert from "node:assert/strict";
import fc from "fast-check";
import { escapeXml, parseQueryForm, xml } from "../../../../../../automation/sandbox/api/wire/xml";

describe("xml", () => {
  it("makes elements of objects and leaves out what is undefined", () =>
    assert.equal(xml({ A: "x", B: undefined, C: { D: 1, E: false } }), "<A>x</A><C><D>1</D><E>false</E></C>"));
  it("names the items of a list member, and RDS's lists by their own names", () => {
    assert.equal(xml({ Names: ["a", "b"] }), "<Names><member>a</member><member>b</member></Names>");
    assert.equal(xml({ DBClusters: [{ P: 1 }] }), "<DBClusters><DBCluster><P>1</P></DBCluster></DBClusters>");
  });
  it("escapes texts, so that a value cannot become markup", () =>
    assert.equal(xml({ A: '</A><B a="1">&' }), "<A>&lt;/A&gt;&lt;B a=&quot;1&quot;&gt;&amp;</A>"));
});

describe("escapeXml", () => {
  it("leaves no markup, whatever the text", () =>
    fc.assert(fc.property(fc.string(), (text) => !/[<>"]|&(?!amp;|lt;|gt;|quot;)/.test(escapeXml(text)))));
});

describe("parseQueryForm", () => {
  it("makes lists of numbered members", () =>
    assert.deepEqual(
      parseQueryForm(
        "Action=D&Filters.Filter.1.Name=a&Filters.Filter.1.Values.Value.1=x&Filters.Filter.1.Values.Value.2=y+z%26",
      ),
      { Action: "D", Filters: { Filter: [{ Name: "a", Values: { Value: ["x", "y z&"] } }] } },
    ));
  it("orders members by number, not by text", () => {
    const body = [10, 2, 1].map((n) => `L.${n}=v${n}`).join("&");
    assert.deepEqual(parseQueryForm(body), { L: ["v1", "v2", "v10"] });
  });
  it("does not reach into the prototype of anything", () => {
    parseQueryForm("__proto__.polluted=1&constructor.prototype.polluted=1");
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });
  it("gives back flat names and values as they were sent", () =>
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), fc.string({ unit: "grapheme" })), (flat) =>
        assert.deepEqual(parseQueryForm(new URLSearchParams(flat).toString()), { ...flat }),
      ),
    ));
});
