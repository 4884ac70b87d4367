namespace PropertyManager.Web.Tests.Papi;

public sealed class AbsentResourcesTests(PapiApp app) : IClassFixture<PapiApp>
{
    private const string Shop = "?contractId=ctr_1-NWT001&groupId=grp_10012";

    [Theory]
    [InlineData("/includes/" + Shop, "includes")]
    [InlineData("/properties/prp_100101/versions/1/includes", "includes")]
    [InlineData("/properties/prp_100101/hostname-activations", "hostnameActivations")]
    [InlineData("/custom-behaviors", "customBehaviors")]
    [InlineData("/custom-overrides", "customOverrides")]
    public async Task Lists_of_what_there_is_not_are_empty(string path, string list)
    {
        var client = await app.ClientAsync("editor@demo.example");

        var reply = await client.GetAsync("/papi/v1" + path);

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Json![list]!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("/includes/inc_1")]
    [InlineData("/includes/inc_1/parents")]
    [InlineData("/includes/inc_1/activations")]
    [InlineData("/includes/inc_1/activations/1")]
    [InlineData("/includes/inc_1/versions")]
    [InlineData("/includes/inc_1/versions/latest")]
    [InlineData("/includes/inc_1/versions/1/rules")]
    [InlineData("/includes/inc_1/versions/1/available-behaviors")]
    [InlineData("/includes/validation-results/1/properties/1/versions/1")]
    [InlineData("/custom-behaviors/cbe_1")]
    [InlineData("/custom-overrides/cbo_1")]
    [InlineData("/properties/prp_100101/hostname-activations/1")]
    [InlineData("/properties/prp_100101/versions/99/includes")]
    [InlineData("/properties/prp_100104/versions/1/includes")]
    [InlineData("/properties/prp_100104/hostnames")]
    [InlineData("/properties/prp_100104/hostnames/diff")]
    [InlineData("/properties/prp_100104/hostname-activations")]
    public async Task One_of_them_and_what_is_foreign_is_not_found(string path)
    {
        var client = await app.ClientAsync("editor@demo.example");

        Assert.Equal((404, "application/problem+json"), Of(await client.GetAsync("/papi/v1" + path)));
    }

    [Fact]
    public async Task Changing_them_is_not_part_of_the_product()
    {
        var client = await app.ClientAsync("editor@demo.example");
        var replies = new[]
        {
            await client.PostAsync("/papi/v1/includes" + Shop, "{}"),
            await client.DeleteAsync("/papi/v1/includes/inc_1"),
            await client.PostAsync("/papi/v1/includes/inc_1/activations", "{}"),
            await client.DeleteAsync("/papi/v1/includes/inc_1/activations/1"),
            await client.PostAsync("/papi/v1/includes/inc_1/versions", "{}"),
            await client.PutAsync("/papi/v1/includes/inc_1/versions/1/rules", "{}"),
            await client.PatchAsync("/papi/v1/includes/inc_1/versions/1/rules", "[]"),
            await client.PatchAsync("/papi/v1/properties/prp_100101/hostnames", "{}"),
            await client.DeleteAsync("/papi/v1/properties/prp_100101/hostname-activations/1"),
        };

        Assert.All(replies, reply => Assert.Equal((501, "application/problem+json"), Of(reply)));
        Assert.Equal(404, (await client.PatchAsync("/papi/v1/properties/prp_100104/hostnames", "{}")).Status);
        Assert.Equal(404, (await client.PostAsync("/papi/v1/includes?contractId=ctr_3-HBR002&groupId=grp_30042", "{}")).Status);
    }

    [Fact]
    public async Task A_part_of_no_activations_leads_back_to_the_first_one()
    {
        var client = await app.ClientAsync("editor@demo.example");
        const string path = "/papi/v1/properties/prp_100101/hostname-activations";

        var (first, later) = (await client.GetAsync(path), await client.GetAsync(path + "?offset=10&limit=10"));

        Assert.Equal((null, null), ((string?)first.Json!["prevLink"], (string?)first.Json["hostnameActivations"]!["previousLink"]));
        var back = path + "?offset=0&limit=10";
        Assert.Equal((back, back), ((string?)later.Json!["prevLink"], (string?)later.Json["hostnameActivations"]!["previousLink"]));
        Assert.Equal((0, 0), ((int)later.Json["totalItems"]!, (int)later.Json["currentItemCount"]!));
    }

    private static (int, string?) Of(PapiReply reply) => (reply.Status, reply.MediaType);
}
