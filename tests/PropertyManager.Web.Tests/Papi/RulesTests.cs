using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PropertyManager.Domain;
using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Data;
using PropertyManager.Web.Engine;

namespace PropertyManager.Web.Tests.Papi;

public sealed class RulesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Vendor = "application/vnd.akamai.papirules.";

    private static readonly string[] Limited = ["Elements-Per-Property", "Clientip-Per-Property", "Max-Clientip-Per-Match", "Max-Nested-Rules"];

    [Fact]
    public async Task What_a_client_writes_reads_back_the_same_and_writing_that_changes_nothing()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        // As the public service writes trees, with members that this program has no use for.
        const string sent = """
            {
              "comments": " as sent ",
              "rules": {
                "name": "default",
                "children": [
                  {
                    "name": "Images",
                    "children": [],
                    "behaviors": [
                      { "name": "caching", "options": { "behavior": "MAX_AGE", "mustRevalidate": false, "ttl": "1d", "list": [], "ratio": 1.50 }, "uuid": "u-1" }
                    ],
                    "criteria": [ { "name": "path", "options": { "matchOperator": "MATCHES_ONE_OF", "values": ["/img/*", "/ä/*"], "matchCaseSensitive": false } } ],
                    "criteriaMustSatisfy": "any",
                    "comments": "",
                    "templateUuid": "t-1",
                    "criteriaLocked": false
                  }
                ],
                "behaviors": [
                  { "name": "origin", "options": { "originType": "CUSTOMER", "hostname": "origin.test.example" } },
                  { "name": "cpCode", "options": { "value": { "id": 610101, "description": null, "products": ["Fresca"] } } },
                  { "name": "somethingNew", "options": {} }
                ],
                "criteria": [],
                "options": { "is_secure": true },
                "variables": [ { "name": "PMUSER_A", "value": "", "description": "", "hidden": false, "sensitive": true } ],
                "uuid": "default"
              }
            }
            """;

        var put = await client.PutAsync(path, sent);
        var first = await client.GetAsync(path);
        var again = await client.PutAsync(path, first.Text);
        var second = await client.GetAsync(path);

        Assert.Equal((200, 200), (put.Status, again.Status));
        Assert.Equal("as sent", (string?)first.Json!["comments"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent)!["rules"], first.Json["rules"]), first.Text);
        Assert.Contains("\"ratio\":1.50", first.Text, StringComparison.Ordinal);
        Assert.Equal(put.Text, first.Text);
        Assert.Equal(again.Text, second.Text);
        Assert.Equal(first.Json["rules"]!.ToJsonString(), second.Json!["rules"]!.ToJsonString());
        Assert.Equal("as sent", (string?)(await client.GetAsync(path[..^"/rules".Length])).Items("versions")[0]!["note"]);
    }

    [Fact]
    public async Task Answers_say_how_much_rules_can_have_and_how_much_more()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        const string sent = """
            {"rules":{"name":"default","behaviors":[{"name":"origin","options":{}}],"children":[
              {"name":"a","criteria":[{"name":"clientIp","options":{"values":["192.0.2.1"]}}],"children":[
                {"name":"b","criteria":[{"name":"clientIp","options":{"values":["192.0.2.1","192.0.2.2","192.0.2.3"]}}],"behaviors":[]}]}]}}
            """;

        var put = await client.PutAsync(path, sent);
        var patch = await client.PatchAsync(path, """[{"op":"remove","path":"/rules/children/0/children/0"}]""", "application/json-patch+json");
        var read = await client.GetAsync(path);

        Assert.Equal("9997/10000 998/1000 4997/5000 5/7", Limits(put));
        Assert.Equal("9998/10000 999/1000 4999/5000 6/7", Limits(patch));
        Assert.Equal(Limits(patch), Limits(read));

        static string Limits(PapiReply reply) =>
            string.Join(' ', Limited.Select(what => $"{reply.Headers[$"X-Limit-{what}-Remaining"]}/{reply.Headers[$"X-Limit-{what}-Limit"]}"));
    }

    [Theory]
    [InlineData("too-many-elements", 10_001, 0, 0)]
    [InlineData("too-many-client-ip-matches", 0, 1_001, 0)]
    [InlineData("too-many-client-ips", 0, 1, 5_001)]
    [InlineData(null, 9_000, 1_000, 0)]
    [InlineData(null, 9_999, 1, 5_000)]
    public async Task Rules_that_have_too_much_are_not_saved(string? kind, int behaviors, int criteria, int addresses)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        static string Many(int count, string one) => string.Join(',', Enumerable.Repeat(one, count));
        var match = $$"""{"name":"clientIp","options":{"values":[{{Many(addresses, "\"192.0.2.1\"")}}]} }""";

        var reply = await client.PutAsync(
            path + "?validateRules=false",
            $$"""
            {"rules":{"name":"default","behaviors":[{{Many(behaviors, """{"name":"http2","options":{}}""")}}],"children":[
              {"name":"a","criteria":[{{Many(criteria, match)}}]} ]} }
            """
        );

        Assert.Equal(kind is null ? 200 : 400, reply.Status);
        Assert.Equal(kind, kind is null ? null : reply.Kind());
    }

    [Fact]
    public async Task Rules_say_whether_they_are_secure_even_where_the_client_did_not()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        await client.PutAsync(path, """{"rules":{"name":"default","behaviors":[]}}""");

        Assert.False((bool)(await client.GetAsync(path)).Json!["rules"]!["options"]!["is_secure"]!);
    }

    [Fact]
    public async Task What_is_the_same_of_many_rules_is_one_message_and_what_most_requests_meet_comes_first()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        const string tree = """
            {"rules":{"name":"default","behaviors":[
              {"name":"origin","options":{"hostname":"origin.shop.example"}},{"name":"cpCode","options":{"value":{"id":999999}}}],
              "children":[{"name":"Group","children":[{"name":"A"},{"name":"B"},{"name":"C"},{"name":"D"}]},
                {"name":"Old","criteria":[{"name":"path","options":{"matchOperator":"MATCHES_ONE_OF","values":["/old/*"]}}],
                 "behaviors":[{"name":"redirect","options":{"destinationPath":"OTHER","destinationPathOther":"/old/new"}}]}]}}
            """;

        var warnings = (await client.PutAsync(path, tree)).Json!["warnings"]!.AsArray();

        Assert.Equal<string>(
            ["The redirect can go in circles", "The rule does nothing", "An unknown CP code"],
            [.. warnings.Select(warning => (string)warning!["title"]!)]
        );
        var many = warnings[1]!;
        Assert.Equal(
            "The rule has neither behaviors nor rules below it. In 4 rules: default / Group / A, default / Group / B, default / Group / C, …",
            (string?)many["detail"]
        );
        Assert.Equal("#/rules/children/0/children/0", (string?)many["errorLocation"]);
        Assert.Equal<string>(
            [.. Enumerable.Range(0, 4).Select(i => $"#/rules/children/0/children/{i}")],
            [.. many["errorLocations"]!.AsArray().Select(place => (string)place!)]
        );
        Assert.Null(warnings[0]!["errorLocations"]);
    }

    [Fact]
    public async Task What_validation_finds_stands_beside_the_rules_and_does_not_keep_them_from_being_saved()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        const string wrong = """{"rules":{"name":"default","behaviors":[{"name":"cachng","options":{}}]}}""";

        var put = await client.PutAsync(path, wrong);
        var without = await client.GetAsync($"{path}?validateRules=false");
        var fast = await client.GetAsync($"{path}?validateMode=fast");

        Assert.Equal(200, put.Status);
        var error = put.Json!["errors"]!.AsArray().First(e => ((string)e!["title"]!).Contains("origin", StringComparison.Ordinal))!;
        Assert.Equal("#/rules/behaviors", (string?)error["errorLocation"]);
        Assert.StartsWith("https://problems.luna.akamaiapis.net/papi/v0/validation/", (string)error["type"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)error["detail"]!);
        Assert.Null(without.Json!["errors"]);
        Assert.Equal(put.Json["errors"]!.ToJsonString(), fast.Json!["errors"]!.ToJsonString());
        Assert.Equal(400, (await client.GetAsync($"{path}?validateMode=thorough")).Status);
        Assert.Equal(400, (await client.GetAsync($"{path}?validateRules=perhaps")).Status);
    }

    [Fact]
    public async Task A_new_property_s_required_options_are_there_and_empty_and_told_by_the_types_that_clients_know()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var made = (await client.GetAsync(path)).Json!;
        var behaviors = made["rules"]!["behaviors"]!.AsArray();
        var put = await client.PutAsync(
            path,
            """{"rules":{"name":"default","behaviors":[{"name":"origin","options":{}},{"name":"cpCode","options":{"value":{"id":1000001}}}]}}"""
        );

        Assert.Equal("", (string?)behaviors[0]!["options"]!["hostname"]);
        Assert.Equal("{}", behaviors[1]!["options"]!["value"]!.ToJsonString());
        Assert.Equal("option_empty", TypeAt(made["errors"]!, "#/rules/behaviors/0/options/hostname"));
        Assert.Equal("option_empty", TypeAt(made["errors"]!, "#/rules/behaviors/1/options/value"));
        Assert.Equal("attribute_required", TypeAt(put.Json!["errors"]!, "#/rules/behaviors/0/options/hostname"));
        Assert.Equal("generic_behavior_issue.cpcode_not_available", TypeAt(put.Json["warnings"]!, "#/rules/behaviors/1/options/value"));

        static string TypeAt(JsonNode messages, string place)
        {
            var type = (string)messages.AsArray().First(m => ((string)m!["errorLocation"]!).StartsWith(place, StringComparison.Ordinal))!["type"]!;
            return type["https://problems.luna.akamaiapis.net/papi/v0/validation/".Length..];
        }
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_saves_nothing()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var before = await client.GetAsync(path);

        var put = await client.PutAsync($"{path}?dryRun=true", PapiProperties.Rules);
        var patch = await client.PatchAsync(
            $"{path}?dryRun=true",
            """[{"op":"replace","path":"/rules/options/is_secure","value":true}]""",
            "application/json-patch+json"
        );

        Assert.Equal((200, 200), (put.Status, patch.Status));
        // That the version has no hostnames yet is not told of its rules.
        Assert.Null(put.Json!["errors"]);
        Assert.True((bool)patch.Json!["rules"]!["options"]!["is_secure"]!);
        Assert.Equal(before.Text, (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_dry_run_is_refused_where_saving_would_be_refused_to_the_person()
    {
        var path = $"{await (await app.ClientAsync()).MakeAsync()}/versions/1/rules";
        var client = await app.ClientAsync("viewer@demo.example");

        Assert.Equal(403, (await client.PutAsync($"{path}?dryRun=true", PapiProperties.Rules)).Status);
        Assert.Equal(403, (await client.PutAsync(path, PapiProperties.Rules)).Status);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_state_at_once_one_is_told()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var etag = (await client.GetAsync(path)).Etag();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(i =>
                    Task.Run(() =>
                        client.SaveOverAsync(
                            HttpMethod.Put,
                            path,
                            PapiProperties.Rules.Replace("origin.", $"origin{i}.", StringComparison.Ordinal),
                            etag
                        )
                    )
                )
        );

        Assert.Equal([200, 412], replies.Select(reply => reply.Status).Order());
        Assert.Equal("etag-conflict", replies.Single(reply => reply.Status == 412).Kind());
        var saved = replies.Single(reply => reply.Status == 200);
        var now = await client.GetAsync(path);
        Assert.Equal(saved.Text, now.Text);
        Assert.False(etag == now.Etag());
    }

    [Theory]
    [InlineData("\"{0}\"", 200)]
    [InlineData("{0}", 200)]
    [InlineData("W/\"{0}\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"0123\"", 412)]
    public async Task The_state_that_is_meant_is_compared(string form, int status)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var etag = (await client.GetAsync(path)).Etag();

        var reply = await client.SaveOverAsync(
            HttpMethod.Put,
            path,
            PapiProperties.Rules,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, form, etag)
        );

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task A_version_that_was_activated_stays_as_it_is()
    {
        var client = await app.ClientAsync();
        var list = await client.GetAsync($"/papi/v1/properties?{PapiProperties.Scope}");
        var shop = list.Items("properties").Single(item => (string?)item!["propertyName"] == "www.northwind.example")!;
        var path = $"/papi/v1/properties/{shop["propertyId"]}/versions/{shop["productionVersion"]}/rules";

        var reply = await client.PutAsync(path, PapiProperties.Rules);

        Assert.Equal((403, "version-locked"), (reply.Status, reply.Kind()));
        Assert.Contains("new version", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        await client.PutAsync(path, PapiProperties.Rules);

        var reply = await client.PatchAsync(
            path,
            """
            [
              {"op":"test","path":"/rules/behaviors/0/options","value":{"hostname":"origin.test.example","originType":"CUSTOMER"}},
              {"op":"replace","path":"/rules/behaviors/0/options/hostname","value":"other.test.example"},
              {"op":"add","path":"/rules/children/-","value":{"name":"a/b","criteria":[],"behaviors":[],"children":[]}},
              {"op":"copy","from":"/rules/children/0","path":"/rules/children/0"},
              {"op":"replace","path":"/rules/children/0/name","value":"first"},
              {"op":"add","path":"/comments","value":"patched"}
            ]
            """,
            "application/json-patch+json"
        );

        Assert.Equal(200, reply.Status);
        var rules = (await client.GetAsync(path)).Json!;
        Assert.Equal("patched", (string?)rules["comments"]);
        Assert.Equal("other.test.example", (string?)rules["rules"]!["behaviors"]![0]!["options"]!["hostname"]);
        Assert.Equal("first a/b", string.Join(' ', rules["rules"]!["children"]!.AsArray().Select(child => (string?)child!["name"])));
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/rules/name","value":"x"},{"op":"test","path":"/rules/name","value":"default"}]""", "#/1")]
    [InlineData("""[{"op":"remove","path":"/rules/children/7"}]""", "#/0")]
    [InlineData("""[{"op":"replace","path":"","value":{}}]""", "#/0")]
    [InlineData("""[{"op":"polish","path":"/rules"}]""", "#/0")]
    [InlineData("""[null]""", "#/0")]
    [InlineData("""[{"op":"add","path":"/rules/x"}]""", "#/0")]
    [InlineData("""[{"op":"move","from":"/rules","path":"/rules/children/0"}]""", "#/0")]
    [InlineData("""[{"op":"add","path":"/rules/behaviors/x","value":1}]""", "#/0")]
    [InlineData("""[{"op":"replace","path":"/rules/behaviors","value":7}]""", "#/rules/behaviors")]
    [InlineData("""[{"op":"remove","path":"/rules"}]""", "#")]
    [InlineData("""{"op":"remove"}""", null)]
    [InlineData("""[{"op":"add","path":"/rules/x","value":"\ud800"}]""", null)]
    public async Task A_patch_that_cannot_be_carried_out_changes_nothing(string patch, string? place)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var before = await client.GetAsync(path);

        var reply = await client.PatchAsync(path, patch, "application/json-patch+json");

        Assert.Equal(400, reply.Status);
        Assert.Equal(place, (string?)reply.Json!["errors"]?[0]!["instance"]);
        Assert.Equal(before.Text, (await client.GetAsync(path)).Text);
    }

    [Fact]
    public async Task Patches_of_any_kind_are_carried_out_or_refused()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules?dryRun=true&validateRules=false";
        string[] operators = ["add", "remove", "replace", "move", "copy", "test"];
        string[] rules = ["/rules"];
        string[] nothing = ["null"];
        string[] values = ["null", "7", "\"x\"", "{}", "[]", "[[]]", "1e400", "{\"name\":{}}"];
        string[] pointers =
        [
            "/",
            "/rules",
            "/rules/",
            "/rules/behaviors",
            "/rules/behaviors/-",
            "/rules/behaviors/0/name",
            "/rules/name/x",
            "/~2",
            "//",
        ];
        var operations =
            from op in operators
            from to in pointers
            from value in op is "add" or "replace" or "test" ? values : nothing
            from start in op is "move" or "copy" ? pointers : rules
            select $$"""{"op":"{{op}}","path":"{{to}}","from":"{{start}}","value":{{value}}}""";

        foreach (var operation in operations)
        {
            // What comes out of some is no tree that the description would know.
            var reply = await client.PatchAsync(path, $"[{operation}]", "application/json-patch+json", check: false);
            Assert.True(reply.Status is 200 or 400, $"{operation}: {reply.Status} {reply.Text}");
        }
    }

    [Fact]
    public async Task A_patch_that_copies_its_copies_is_stopped()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var patch = string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/rules/behaviors","path":"/rules/behaviors/0"}""", 40));

        var reply = await client.PatchAsync(path, $"[{patch}]", "application/json-patch+json");

        Assert.Equal(400, reply.Status);
        Assert.Contains("bytes together", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_moves_much_to_and_fro_is_stopped()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var add = $$"""{"op":"add","path":"/rules/a","value":"{{new string('x', 1_000_000)}}"}""";
        var moves = Enumerable
            .Range(0, 10)
            .Select(i =>
                i % 2 == 0 ? """{"op":"move","from":"/rules/a","path":"/rules/b"}""" : """{"op":"move","from":"/rules/b","path":"/rules/a"}"""
            );

        var reply = await client.PatchAsync(path, $"[{add},{string.Join(',', moves)}]", "application/json-patch+json");

        Assert.Equal(400, reply.Status);
        Assert.Contains("operation 10 (move /rules/a) cannot be done: what this patch copies and moves", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "#")]
    [InlineData("{", "#")]
    [InlineData("[]", "#")]
    [InlineData("""{"rules":{"behaviors":[]}}""", "#/rules")]
    [InlineData("""{"rules":{"name":"default","behaviors":[{"options":{}}]}}""", "#/rules/behaviors/0")]
    [InlineData("""{"rules":{"name":"default","name":"twice"}}""", "#/rules/name")]
    [InlineData("""{"rules":{"name":"default"},"comments":7}""", "#/comments")]
    public async Task Rules_that_cannot_be_read_are_a_problem_that_says_where(string body, string place)
    {
        var client = await app.ClientAsync();

        var reply = await client.PutAsync($"{await client.MakeAsync()}/versions/1/rules", body);

        Assert.Equal((400, "rules-invalid"), (reply.Status, reply.Kind()));
        Assert.Contains(reply.Json!["errors"]!.AsArray(), error => (string?)error!["instance"] == place);
    }

    [Fact]
    public async Task Bodies_that_are_hostile_are_problems()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var deep = new string('[', 10_000) + new string(']', 10_000);

        var nested = await client.PutAsync(path, $$$"""{"rules":{"name":"default","x":{{{deep}}}}}""");
        var nestedPatch = await client.PatchAsync(path, deep, "application/json-patch+json");
        var large = await client.PutAsync(path, new string(' ', RuleTreeJson.MaxBytes + 1));
        using var request = new HttpRequestMessage(HttpMethod.Put, path);
        request.Content = new ByteArrayContent([.. "{\"rules\":{\"name\":\""u8, 0xff, 0xfe, .. "\"}}"u8]);
        request.Content.Headers.ContentType = new("application/json");
        client.Sign(request, null);
        var bytes = await client.SendAsync(request);
        var type = await client.PutAsync(path, PapiProperties.Rules, "text/plain");
        var comments = await client.PutAsync(path, $$$"""{"rules":{"name":"default"},"comments":"{{{new string('x', 1001)}}}"}""");

        Assert.Equal(
            "400 400 413 400 415 400",
            string.Join(' ', new[] { nested, nestedPatch, large, bytes, type, comments }.Select(reply => reply.Status))
        );
    }

    [Fact]
    public async Task Options_nested_as_deep_as_trees_may_be_are_read_and_written()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        var deep = new string('[', 200) + new string(']', 200);

        // Not as JSON: what reads answers here does not go so deep.
        using var put = new HttpRequestMessage(HttpMethod.Put, path);
        var body = $$$"""{"rules":{"name":"default","behaviors":[{"name":"x","options":{"deep":{{{deep}}}}}]}}""";
        put.Content = new StringContent(body, Encoding.UTF8, "application/json");
        client.Sign(put, body);
        using var http = app.App.CreateDefaultClient();
        using var saved = await http.SendAsync(put);

        Assert.Equal(System.Net.HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(deep, await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, Vendor + "v2025-10-16+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", Vendor + "v2025-10-16+json")]
    [InlineData(Vendor + "latest+json", Vendor + "latest+json")]
    [InlineData(Vendor + "v1999-01-01+json, application/json;q=0.5", "application/json")]
    public async Task Rules_are_answered_in_the_format_that_is_asked_for(string? accept, string type)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var get = await client.SendAsync(HttpMethod.Get, path, accept: accept);
        var head = await client.SendAsync(HttpMethod.Head, path, accept: accept);

        Assert.Equal((200, 204), (get.Status, head.Status));
        Assert.Equal((type, type, ""), (get.MediaType, head.MediaType, head.Text));
        Assert.Equal(accept?.Contains("latest", StringComparison.Ordinal) == true ? "latest" : "v2025-10-16", (string?)get.Json!["ruleFormat"]);
    }

    [Fact]
    public async Task Programs_that_were_written_for_an_earlier_format_go_on_and_their_versions_keep_its_name()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var put = await client.PutAsync(path, PapiProperties.Rules, $"{Vendor}v2023-01-05+json");
        var get = await client.GetAsync(path);
        var later = await client.SendAsync(HttpMethod.Get, path, accept: $"{Vendor}v2024-02-12+json");

        Assert.Equal((200, "v2023-01-05"), (put.Status, (string?)put.Json!["ruleFormat"]));
        Assert.Equal(("v2023-01-05", Vendor + "v2023-01-05+json"), ((string?)get.Json!["ruleFormat"], get.MediaType));
        Assert.Equal((200, "v2024-02-12"), (later.Status, (string?)later.Json!["ruleFormat"]));
    }

    [Theory]
    [InlineData("v2025-10-17")]
    [InlineData("v2014-01-01")]
    [InlineData("v2023-02-30")]
    [InlineData("v2023-1-5")]
    [InlineData("v2024-10-20")]
    [InlineData("2023-01-05")]
    public async Task No_format_is_from_the_future_or_no_day_at_all(string format)
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var reply = await client.PutAsync(path, PapiProperties.Rules, $"{Vendor}{format}+json");

        Assert.Equal(415, reply.Status);
        Assert.Contains("v2025-10-16, v2025-09-09, ", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_is_judged_by_the_format_that_it_is_sent_in()
    {
        const string retired = """{"rules":{"name":"default","behaviors":[{"name":"adaptiveImageCompression","options":{"compressMobile":true}}]}}""";
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var old = await client.PutAsync(path, retired, $"{Vendor}v2024-10-21+json");
        var today = await client.PutAsync($"{path}?dryRun=true", retired, $"{Vendor}latest+json");
        var schema = await client.GetAsync("/papi/v1/schemas/products/prd_Fresca/v2024-10-21");
        var available = await client.GetAsync($"{path[..^"/rules".Length]}/available-behaviors");

        Assert.DoesNotContain("adaptiveImageCompression", old.Json!["errors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("v2024-10-21 has it", old.Json["warnings"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("is no behavior of rule format latest", today.Json!["errors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("adaptiveImageCompression", schema.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pqcOrigin", schema.Text, StringComparison.Ordinal);
        Assert.Contains("adaptiveImageCompression", available.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CP_code_that_the_account_has_not_is_a_warning_until_it_has_it()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";
        // Numbers are given one after another.
        var last = await MakeCodeAsync(client);
        await client.PutAsync(path, PapiProperties.Rules.Replace("610101", $"{last + 1}", StringComparison.Ordinal));
        PapiReply[] without = [await client.GetAsync(path), await client.GetAsync(path)];

        Assert.Equal(last + 1, await MakeCodeAsync(client));
        var with = await client.GetAsync(path);

        Assert.All(
            without,
            reply => Assert.Contains(reply.Json!["warnings"]!.AsArray(), warning => (string?)warning!["title"] == "An unknown CP code")
        );
        Assert.Null(with.Json!["warnings"]);
    }

    private static async Task<long> MakeCodeAsync(PapiClient client)
    {
        var made = await client.PostAsync(
            $"/papi/v1/cpcodes?{PapiProperties.Scope}",
            $$"""{"cpcodeName":"{{Guid.NewGuid()}}","productId":"prd_Fresca"}"""
        );
        return PublicId.Parse(PublicId.CpCode, ((string)made.Json!["cpcodeLink"]!).Split('/')[^1].Split('?')[0])!.Value;
    }

    [Fact]
    public async Task Whoever_may_not_save_is_told_so_before_what_they_send_is_read()
    {
        var path = $"{await (await app.ClientAsync()).MakeAsync()}/versions/1/rules";
        var viewer = await app.ClientAsync("viewer@demo.example");

        Assert.Equal(403, (await viewer.PutAsync(path, "{")).Status);
        Assert.Equal(403, (await viewer.PatchAsync(path, "{", "application/json-patch+json")).Status);
        Assert.Equal(403, (await viewer.PutAsync(path.Replace("/rules", "/hostnames", StringComparison.Ordinal), "{")).Status);
    }

    [Fact]
    public async Task A_format_that_there_is_not_is_a_problem_that_lists_those_there_are()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var asked = await client.SendAsync(HttpMethod.Get, path, accept: $"{Vendor}v1999-01-01+json");
        var sent = await client.PutAsync(path, PapiProperties.Rules, $"{Vendor}v1999-01-01+json");

        Assert.Equal((406, 415), (asked.Status, sent.Status));
        Assert.Contains("v2025-10-16", asked.Detail, StringComparison.Ordinal);
        Assert.Contains("v2025-10-16", sent.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_stay_in_the_format_that_they_were_sent_in()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/rules";

        var put = await client.PutAsync(path, PapiProperties.Rules, $"{Vendor}latest+json");
        await client.PutAsync(path, PapiProperties.Rules);

        Assert.Equal((200, "latest"), (put.Status, (string?)put.Json!["ruleFormat"]));
        Assert.Equal("latest", (string?)(await client.GetAsync(path)).Json!["ruleFormat"]);
    }

    [Fact]
    public async Task A_client_may_have_a_format_of_its_own_for_what_it_makes_and_reads_the_rest_as_it_is()
    {
        var client = await app.ClientAsync(change: row => row.RuleFormat = "latest");
        var others = $"{await (await app.ClientAsync()).MakeAsync()}/versions/1/rules";
        var own = $"{await client.MakeAsync()}/versions/1/rules";

        Assert.Equal("v2025-10-16", (string?)(await client.GetAsync(others)).Json!["ruleFormat"]);
        Assert.Equal("latest", (string?)(await client.GetAsync(own)).Json!["ruleFormat"]);
    }

    [Fact]
    public async Task Rules_held_in_memory_are_those_that_were_saved_last_wherever_they_were_saved()
    {
        var client = await app.ClientAsync();
        var property = await client.MakeAsync();
        var path = $"{property}/versions/1/rules";
        await client.GetAsync(path);
        var id = PublicId.Parse(PublicId.Property, property.Split('/')[^1])!.Value;
        var access = app.Services.GetRequiredService<AccessReader>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var person = await access.ReadAsync((await db.Users.SingleAsync(user => user.Email == "editor@demo.example")).Id, default);
        var version = await db.Versions.AsNoTracking().Include(v => v.Hostnames).SingleAsync(v => v.PropertyId == id);
        var content = VersionView.ContentOf(version) with { Note = "on the screen" };

        var saved = await app.Services.GetRequiredService<VersionDesk>().SaveAsync(id, 1, version.Revision, content, person, default);

        var now = await client.GetAsync(path);
        Assert.Equal("on the screen", (string?)now.Json!["comments"]);
        Assert.Equal(VersionEtag.Of(id, 1, saved.Revision!.Value), now.Etag());
    }

    [Fact]
    public async Task What_one_client_read_is_not_shown_to_those_who_may_not_see_it()
    {
        var path = $"{await (await app.ClientAsync()).MakeAsync()}/versions/1/rules";
        var other = await app.ClientAsync(change: row => row.Groups = [20001]);
        await (await app.ClientAsync()).GetAsync(path);

        Assert.Equal(404, (await other.GetAsync(path)).Status);
        Assert.Equal(404, (await other.PutAsync(path, PapiProperties.Rules)).Status);
        Assert.Equal(404, (await other.SendAsync(HttpMethod.Head, path)).Status);
    }
}
