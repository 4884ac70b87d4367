using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PropertyManager.Web.Papi;

namespace PropertyManager.Web.Tests.Papi;

/// <summary>Programs fill in all members that they know of: an empty text and null are as if the member was left out.</summary>
public sealed class LeftOutTests(PapiApp app) : IClassFixture<PapiApp>
{
    public static TheoryData<Type> Bodies =>
        [
            .. typeof(PapiRequest)
                .Assembly.GetTypes()
                .Where(type => type.Namespace?.StartsWith("PropertyManager.Web.Papi", StringComparison.Ordinal) == true)
                .Where(type =>
                    type.Name.EndsWith("Body", StringComparison.Ordinal)
                    || type.Name is "ActivationRequest" or "WebhookRequest" or "WebhookChange" or "SpeedChange" or "NewFault"
                )
                .Where(type => type.GetConstructors() is [var made] && made.GetParameters().Length > 0 && type.GetMethod("<Clone>$") is not null),
        ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Every_member_may_be_null_or_an_empty_text(Type type)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSimple).Select(property => property.Name).ToList();
        var nothing = JsonSerializer.Deserialize("{}", type, PapiRequest.Reading);

        Assert.All(
            new JsonNode?[] { null, "" },
            value =>
            {
                var body = new JsonObject(
                    members.Select(name => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(name), value?.DeepClone()))
                );
                Assert.Equal(nothing, body.Deserialize(type, PapiRequest.Reading));
            }
        );
    }

    private static bool IsSimple(PropertyInfo property) =>
        property.PropertyType == typeof(string) || Nullable.GetUnderlyingType(property.PropertyType) is { IsPrimitive: true };

    [Fact]
    public async Task An_empty_text_in_a_new_property_is_left_out_and_what_is_needed_is_asked_for()
    {
        var client = await app.ClientAsync();
        var path = $"/papi/v1/properties?{PapiProperties.Scope}";

        var made = await client.PostAsync(
            path,
            """{"propertyName":"empty.shop.example","productId":"prd_SPM","ruleFormat":"","useHostnameBucket":"","cloneFrom":null}"""
        );
        var nameless = await client.PostAsync(path, """{"propertyName":"","productId":"prd_SPM"}""");

        Assert.Equal(201, made.Status);
        Assert.StartsWith("propertyName is missing", nameless.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_texts_beside_a_hostname_say_nothing()
    {
        var client = await app.ClientAsync();
        var path = $"{await client.MakeAsync()}/versions/1/hostnames";

        var put = await client.PutAsync(
            path,
            """[{"cnameFrom":"empty.shop.example","cnameTo":"empty.shop.example.edgekey.net","cnameType":"","edgeHostnameId":"","certProvisioningType":""}]"""
        );

        Assert.Equal((200, "CPS_MANAGED"), (put.Status, (string?)put.Json!["hostnames"]!["items"]![0]!["certProvisioningType"]));
    }
}
