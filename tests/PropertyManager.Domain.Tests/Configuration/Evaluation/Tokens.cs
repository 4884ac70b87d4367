namespace PropertyManager.Domain.Tests.Configuration.Evaluation;

/// <summary>HMAC-SHA-256 signatures with the key <c>aabb</c>, made with another language's library: what they sign stands beside them.</summary>
internal static class Tokens
{
    /// <summary><c>exp=1748866000~acl=/v/*</c>: valid for 400 s at the time of test requests.</summary>
    public const string Good = "38c820f11fec7d015f7bb05057307e31f73734278a385f2db6788c55171987bc";

    /// <summary><c>exp=1748860000~acl=/v/*</c>: expired then.</summary>
    public const string Old = "793ea13583a6158d8d5ac8b3f798491f92b1b1e6c6e1976ea3e167e4676ac67e";

    /// <summary><c>exp=1748866000~url=/v/a?x=1~salt=s</c>.</summary>
    public const string OfUrl = "74ef9e7f8faf534d3437921ad84d468792788bc57594e01141b5e1de3aa2c1cc";
}
