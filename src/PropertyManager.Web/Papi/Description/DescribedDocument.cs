using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PropertyManager.Web.Papi.Problems;
using PropertyManager.Web.Papi.Signing;

namespace PropertyManager.Web.Papi.Description;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal static class DescribedDocument
{
    private const string Introduction = """
        The Property Manager API of this server: what the screen does, for programs. An API client has the rights of the person who made it, or fewer.
        Every request is signed with a key of an API client; existing clients of this API read the key from a file, which the page *API clients*
        gives when a key is made. Identifiers are taken with and without their prefix. What is refused is answered with a problem that says why.
        Where the database fails, any request may be answered with 503: the problem names the cause, and `Retry-After` says when to send it again.
        """;

    private const string Signing = """
        EdgeGrid: `EG1-HMAC-SHA256 client_token=…;access_token=…;timestamp=yyyyMMddTHH:mm:ss+0000;nonce=…;signature=…`.
        The signature is the base64 of HMAC-SHA256 over method, scheme, host, path with query, an empty field, the SHA-256 of a POST's body (its
        first 131,072 bytes) and the header up to the signature, with tabs between them; its key is the base64 of HMAC-SHA256 of the timestamp,
        keyed with the client secret. A nonce is good for one request, a timestamp for 30 seconds.
        """;

    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Property Manager API",
            Version = ApiDescription.Version,
            Description = Introduction,
        };
        // Wherever the document is read from: one server has many names, and the document is the same for all.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [EdgeGridHandler.Name] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "Authorization",
                Description = Signing,
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(EdgeGridHandler.Name, document)] = [] }];
        // What clients of the real service know comes first, and what is this product's own after it.
        var tags = new List<string>();
        foreach (var (path, item) in document.Paths.OrderByDescending(path => path.Key.StartsWith("/papi/", StringComparison.Ordinal)))
        {
            foreach (var operation in item.Operations?.Values.ToList() ?? [])
            {
                var given = operation.Tags?.FirstOrDefault()?.Name ?? "";
                // An endpoint that no class of its own answers has the program's name for a tag: it belongs to what its address begins with.
                var tag = given == typeof(DescribedDocument).Assembly.GetName().Name ? Resource(path) : Tag(given);
                operation.Tags = new HashSet<OpenApiTagReference> { new(tag, document) };
                tags.Add(tag);
            }
        }
        document.Tags = tags.Distinct(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
        return Task.CompletedTask;
    }

    /// <summary>What "/papi/v1/rule-formats/…" is about: "Rule formats".</summary>
    private static string Resource(string path)
    {
        var segment = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2).FirstOrDefault() ?? path;
        return char.ToUpperInvariant(segment[0]) + segment[1..].Replace('-', ' ');
    }

    /// <summary>The class that holds the resource, as people say it: "EdgeHostnamesResource" is "Edge hostnames".</summary>
    private static string Tag(string type)
    {
        var name = type.EndsWith("Resource", StringComparison.Ordinal) ? type[..^"Resource".Length] : type;
        var words = name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}");
        return string.Concat(words).Replace("Cp ", "CP ", StringComparison.Ordinal);
    }
}

/// <summary>What the OpenAPI document says of each operation beside what its endpoint says.</summary>
internal static class DescribedOperation
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation is { Summary: null, OperationId: { Length: > 0 } id })
            operation.Summary = char.ToUpperInvariant(id[0]) + id[1..].Replace('-', ' ');
        // What routing lets through is not what the resource takes.
        if (operation.RequestBody?.Content is { Count: > 1 } bodies)
            bodies.Remove("*/*");
        operation.Responses ??= [];
        foreach (var headers in context.Description.ActionDescriptor.EndpointMetadata.OfType<AnswerHeaders>())
            Describe(operation.Responses, headers);
        operation.Responses.TryAdd(
            "default",
            new OpenApiResponse
            {
                Description =
                    "Why it was not done: a problem with type, title, instance and status, and members of its own kind. What is wrong stands in detail; of a 422 it stands in errors.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [PapiProblem.MediaType] = new() { Schema = Problem } },
            }
        );
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiResponses answers, AnswerHeaders headers)
    {
        foreach (var (status, described) in answers)
        {
            if (described is not OpenApiResponse answer || status[0] is not ('2' or '3'))
                continue;
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            foreach (var name in headers.Names)
            {
                // What was only tried out, or is only read, is nowhere else.
                if (name == "Location" && status is "200" or "204")
                    continue;
                var isText = name is "Location" or "ETag";
                answer.Headers[name] = new OpenApiHeader
                {
                    Schema = new OpenApiSchema { Type = isText ? JsonSchemaType.String : JsonSchemaType.Integer },
                };
            }
        }
    }

    private static OpenApiSchema Problem { get; } =
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(["type", "title", "instance", "status"], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["instance"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Each thing that is wrong: of every 422, and where several are wrong at once.",
                    Items = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string>(["type", "title", "detail"], StringComparer.Ordinal),
                        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                        {
                            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
                            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                            ["instance"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where, such as a JSON pointer." },
                            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The problem's." },
                        },
                    },
                },
                ["details"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Of every 422; empty." },
            },
        };
}

/// <summary>What the OpenAPI document says of a member beside its type.</summary>
internal static class DescribedSchema
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (
            context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false)
            is [AllowedValuesAttribute allowed]
        )
            schema.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)JsonValue.Create(value))];
        return Task.CompletedTask;
    }
}
