using PropertyManager.Domain.Configuration;
using PropertyManager.Web.Features.Editor.Edit;

namespace PropertyManager.Web.Tests.Editor.Edit;

public sealed class ThreeWayTests
{
    private static readonly PropertyVersionDocument Base = new(
        new RuleTree(new Rule("default") { Children = [new Rule("a"), new Rule("b")] }),
        [new("www.shop.example", "www.edgekey.net"), new("img.shop.example", "img.edgekey.net")],
        "note",
        "v2025-10-16"
    );

    [Fact]
    public void Changes_that_do_not_meet_go_together()
    {
        var theirs = Comment(Base, "/rules/children/0", "theirs") with
        {
            Hostnames = [.. Base.Hostnames, new("api.shop.example", "api.edgekey.net")],
        };
        var mine = Comment(Base, "/rules/children/1", "mine") with { Hostnames = [Base.Hostnames[0]], Note = "my note" };

        var merged = ThreeWay.Merge(Base, theirs, mine)!;

        Assert.Equal(("theirs", "mine", "my note"), (At(merged, 0).Comments, At(merged, 1).Comments, merged.Note));
        Assert.Equal("api.shop.example www.shop.example", string.Join(' ', merged.Hostnames.Select(h => h.CnameFrom)));
    }

    [Fact]
    public void A_certificate_from_elsewhere_is_a_change_of_its_hostname()
    {
        HostnameEntry certified = Base.Hostnames[0] with { Certificate = CertificateProvisioning.Default };
        var mine = Base with { Hostnames = [certified, Base.Hostnames[1]] };
        var theirs = Base with { Hostnames = [Base.Hostnames[0] with { EdgeHostname = "x.edgekey.net" }, Base.Hostnames[1]] };

        Assert.Contains(certified, ThreeWay.Merge(Base, Base with { Note = "theirs" }, mine)!.Hostnames);
        Assert.Null(ThreeWay.Merge(Base, theirs, mine));
    }

    [Fact]
    public void Changes_of_the_same_place_are_for_a_person_to_decide()
    {
        var theirs = Comment(Base, "/rules/children/0", "theirs");

        Assert.Null(ThreeWay.Merge(Base, theirs, Comment(Base, "/rules/children/0", "mine")));
        Assert.Null(ThreeWay.Merge(Base, Base with { Note = "theirs" }, Base with { Note = "mine" }));
        Assert.Null(
            ThreeWay.Merge(
                Base,
                Base with
                {
                    Hostnames = [new("www.shop.example", "x.edgekey.net"), Base.Hostnames[1]],
                },
                Base with
                {
                    Hostnames = [Base.Hostnames[1]],
                }
            )
        );
        Assert.Null(
            ThreeWay.Merge(Base, Base with { Rules = Base.Rules.Insert("/rules", 0, new Rule("new")) }, Comment(Base, "/rules/children/1", "mine"))
        );
    }

    [Fact]
    public void Says_what_somebody_changed_and_how_much()
    {
        var after = Comment(Base, "/rules/children/0", "x") with
        {
            Hostnames = [Base.Hostnames[0], new("api.shop.example", "api.edgekey.net")],
            Note = "other",
        };
        after = after with { Rules = after.Rules.Remove("/rules/children/1") };

        Assert.Equal(
            [
                "Changed: rule “default / a”",
                "Removed: rule “default / b”",
                "Added: hostname api.shop.example",
                "Removed: hostname img.shop.example",
                "Changed: notes",
            ],
            ThreeWay.Lines(Base, after)
        );
        Assert.Equal("2 rules, 2 hostnames changed", ThreeWay.Size(Base, after));
        Assert.Empty(ThreeWay.Lines(Base, Base));
    }

    private static Rule At(PropertyVersionDocument document, int index) => document.Rules.Default.Children[index];

    private static PropertyVersionDocument Comment(PropertyVersionDocument document, string place, string text) =>
        document with
        {
            Rules = document.Rules.Change(place, rule => rule with { Comments = text }),
        };
}
