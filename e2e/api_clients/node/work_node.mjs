// node-zendesk at work: everything written is read back through it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import nodeZendesk from "node-zendesk";

const desk = nodeZendesk.createClient({
  endpointUri: `${process.env.OPORA_BASE_URL}/api/v2`,
  username: process.env.OPORA_EMAIL,
  token: process.env.OPORA_TOKEN,
});
const unique = String(process.hrtime.bigint());

async function ticketsAreCreatedUpdatedAndAnswered() {
  const made = await desk.tickets.create({ ticket: { subject: `Parcel ${unique}`, comment: { body: "Late." }, tags: ["parcel"] } });
  const id = made.result.id;
  const changed = await desk.tickets.update(id, { ticket: { status: "pending", comment: { body: "Asked.", public: false } } });
  assert.equal(changed.result.status, "pending");
  const shown = await desk.tickets.show(id);
  assert.deepEqual([shown.result.subject, shown.result.tags], [`Parcel ${unique}`, ["parcel"]]);
  const comments = await desk.tickets.getComments(id);
  assert.deepEqual(comments.map((comment) => [comment.body, comment.public]), [["Late.", true], ["Asked.", false]]);
  const audits = await desk.ticketaudits.list(id);
  assert.equal(audits.length, 2);
}

async function filesGoUp() {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "opora-")), "invoice.txt");
  fs.writeFileSync(file, "forty-two");
  const { upload } = await desk.attachments.upload(file, { filename: "invoice.txt" });
  assert.equal(upload.attachment.size, 9);
  const made = await desk.tickets.create({ ticket: { subject: "With a file", comment: { body: "see", uploads: [upload.token] } } });
  const [comment] = await desk.tickets.getComments(made.result.id);
  assert.equal(comment.attachments[0].file_name, "invoice.txt");
  assert.equal(await (await fetch(comment.attachments[0].content_url)).text(), "forty-two");
}

async function manyAtOnceAreWatched() {
  const tickets = Array.from({ length: 20 }, (_, n) => ({ subject: `Bulk ${n} ${unique}`, comment: { body: "x" } }));
  const asked = await desk.tickets.createMany({ tickets });
  const done = await desk.jobstatuses.watch(asked.result.job_status.id, 200, 100);
  assert.equal(done.status, "completed");
  const ids = done.results.map((result) => result.id);
  assert.equal(new Set(ids).size, 20);
  const updated = await desk.tickets.updateMany(ids, { ticket: { status: "solved" } });
  await desk.jobstatuses.watch(updated.result.job_status.id, 200, 100);
  const shown = await desk.tickets.show(ids[3]);
  assert.equal(shown.result.status, "solved");
  const found = await desk.search.queryAll(`type:ticket Bulk ${unique}`);
  assert.equal(found.length, 20);
}

async function peopleAndOrganizations() {
  const organization = await desk.organizations.create({ organization: { name: `Bank ${unique}`, external_id: unique } });
  const person = await desk.users.create({ user: { name: "Ada", email: `ada${unique}@example.com`, organization_id: organization.result.id } });
  assert.equal((await desk.users.show(person.result.id)).result.organization_id, organization.result.id);
  assert.equal((await desk.users.update(person.result.id, { user: { name: "Ada Byron" } })).result.name, "Ada Byron");
  assert.equal((await desk.users.search({ query: `ada${unique}@example.com` })).length, 1);
  assert.equal((await desk.useridentities.list(person.result.id)).length, 1);
  assert.deepEqual((await desk.organizations.autocomplete({ name: `Bank ${unique}` })).map((one) => one.external_id), [unique]);
  await desk.organizations.delete(organization.result.id);
  await assert.rejects(desk.organizations.show(organization.result.id));
  assert.equal((await desk.users.delete(person.result.id)).result.active, false);
}

async function listsAreWhole() {
  const tickets = await desk.tickets.list();
  assert.equal(new Set(tickets.map((ticket) => ticket.id)).size, tickets.length);
  assert.ok(tickets.length > 20);
  const views = await desk.views.list();
  assert.ok(Array.isArray(await desk.views.tickets(views[0].id)));
  assert.equal((await desk.views.showCount(views[0].id)).result.view_count.view_id, views[0].id);
  const macro = await desk.macros.create({ macro: { title: `M ${unique}`, actions: [{ field: "priority", value: "high" }] } });
  const effect = await desk.macros.applyTicket(tickets[0].id, macro.result.macro.id);
  assert.ok(JSON.stringify(effect).includes('"priority":"high"'));
  for (const list of [desk.groups, desk.ticketfields, desk.ticketforms, desk.locales, desk.groupmemberships]) {
    assert.ok((await list.list()).length > 0);
  }
  const exported = await desk.tickets.incremental(0);
  assert.ok(exported.length >= tickets.length);
}

async function rulesAndOrder() {
  const conditions = { all: [{ field: "status", operator: "is", value: "open" }], any: [] };
  const actions = [{ field: "priority", value: "low" }];
  const made = await desk.triggers.create({ trigger: { title: `T ${unique}`, conditions, actions } });
  const id = made.result.id ?? made.result.trigger.id;
  await desk.triggers.updateMany([{ id, active: false }]);
  assert.equal((await desk.triggers.show(id)).result.active, false);
  await desk.triggers.reorder([id]);
  assert.equal((await desk.triggers.list())[0].id, id);
  await desk.triggers.delete(id);
  const me = (await desk.users.me()).result;
  assert.equal((await desk.groups.countByUser(me.id)).result.count.value, (await desk.groupmemberships.listByUser(me.id)).length);
  const person = await desk.users.create({ user: { name: "Ida", email: `ida${unique}@example.com` } });
  const [identity] = await desk.useridentities.list(person.result.id);
  await desk.useridentities.requestVerification(person.result.id, identity.id);
  const settings = await desk.accountsettings.show();
  assert.equal((settings.result.active_features ?? settings.result.settings.active_features).business_hours, true);
}

for (const work of [ticketsAreCreatedUpdatedAndAnswered, filesGoUp, manyAtOnceAreWatched, peopleAndOrganizations, listsAreWhole, rulesAndOrder]) {
  await work();
  console.log("done", work.name);
}
