using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Engine.Bulk;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Activations and forecasts that there is no time to evaluate in full.</summary>
public sealed class EvaluationBudgetTests : IAsyncDisposable
{
    private static readonly ActivationOrder Production = new(EngineWorld.Shop, 2, Network.Production, Acknowledged: true);

    private readonly EngineWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task An_activation_over_budget_is_accepted_with_the_share_that_was_evaluated()
    {
        // 2 s are 2,000 looks at the clock, and each request takes one.
        _world.EvaluationTime = new SteppingTime(TimeSpan.FromMilliseconds(1));

        var activation = await ActivateAsync();

        Assert.InRange(activation.Plan.EvaluatedShare!.Value, 0.195, 0.2);
        Assert.Equal(0.9, activation.Plan.Mixes!.Updated.Ok2xx, 0.01);
        Assert.StartsWith("Evaluated 19 % of the requests within the time allowed.", EvaluationWords.Of(activation.Plan), StringComparison.Ordinal);
        Assert.Equal(activation.Plan.EvaluatedShare, (await ActivateAsync(EngineWorld.Blog)).Plan.EvaluatedShare);
    }

    [Fact]
    public async Task Where_nothing_was_evaluated_traffic_has_its_usual_mix()
    {
        _world.EvaluationTime = new SteppingTime(EvaluationGate.Limit);

        var plan = (await ActivateAsync()).Plan;

        Assert.Equal((0, null), (plan.EvaluatedShare, plan.Mixes));
        Assert.Contains("Not evaluated", EvaluationWords.Of(plan), StringComparison.Ordinal);
        Assert.Contains("usual mix", EvaluationWords.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_evaluated_in_full_says_nothing_and_is_stored_as_it_always_was()
    {
        var plan = (await ActivateAsync()).Plan;

        Assert.Equal((null, null), (plan.EvaluatedShare, EvaluationWords.Of(plan)));
        Assert.NotNull(plan.Mixes);
        await using var connection = await _world.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Plan FROM Activations";
        Assert.DoesNotContain("evaluated", (string?)await command.ExecuteScalarAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_happens_in_the_simulated_traffic_is_the_mix_of_what_was_evaluated_again_and_again()
    {
        // The first look at the clock finds nothing done: the traffic of the plan is kept with it, whatever the clock says later.
        await AddRuleAsync(
            version: 2,
            """{ "name": "Deny", "behaviors": [ { "name": "denyAccess", "options": { "enabled": true, "reason": "closed" } } ] }"""
        );
        _world.EvaluationTime = new SteppingTime(TimeSpan.FromMilliseconds(1));
        var activation = await ActivateAsync();
        _world.EvaluationTime = new SteppingTime(TimeSpan.FromMilliseconds(100));

        var again = await _world.ReadAsync(activation.Id);

        Assert.Equal(1, activation.Plan.Mixes!.Updated.ClientError4xx);
        Assert.Equal((activation.Plan.Mixes, activation.Plan.EvaluatedShare), (again.Plan.Mixes, again.Plan.EvaluatedShare));
    }

    [Fact]
    public async Task A_trial_evaluates_once_and_says_how_much()
    {
        var node = _world.StartNode();
        await node.RunToAsync((await node.ActivateAsync(Production with { Version = 1 })).Id, ActivationState.Active, seconds: 30);
        _world.EvaluationTime = new SteppingTime(TimeSpan.FromMilliseconds(1));

        var trial = await _world.StartNode().Desk.TryOutAsync(Production, EngineWorld.Publisher, CancellationToken.None);

        // Two versions look twice as often.
        Assert.InRange(trial.Forecast!.Impact.EvaluatedShare, 0.095, 0.1);
        Assert.StartsWith("Evaluated 9 % of the requests", EvaluationWords.Of(trial.Forecast.Impact), StringComparison.Ordinal);
        Assert.Null(trial.Plan!.Mixes);
    }

    [Fact]
    public async Task A_search_by_an_expression_that_takes_too_long_says_so()
    {
        await AddRuleAsync(version: 4, $$"""{ "name": "{{new string('a', 120)}}", "behaviors": [] }""");
        var search = new RuleSearch(_world, _world.NewGate());

        var part = await search.DoAsync(
            new("$..[?(@.name =~ /(([a-z]{0,60}){0,60}){0,60}!/)]", [], null),
            EngineWorld.Publisher,
            CancellationToken.None
        );

        Assert.Equal("query-too-broad", part.Refusal?.Code);
        Assert.Contains("for too long", part.Refusal!.Message, StringComparison.Ordinal);
    }

    private async Task<Activation> ActivateAsync(long property = EngineWorld.Shop)
    {
        var answer = await _world
            .StartNode()
            .Desk.SubmitAsync(Production with { PropertyId = property }, EngineWorld.Publisher, CancellationToken.None);
        Assert.Null(answer.Refusal);
        return await _world.ReadAsync(answer.Activation!.Id);
    }

    private async Task AddRuleAsync(int version, string rule)
    {
        await using var db = _world.CreateDbContext();
        var stored = await db.Versions.SingleAsync(v => v.PropertyId == EngineWorld.Shop && v.Number == version);
        stored.Rules = $$"""
            { "rules": { "name": "default", "behaviors": [
                { "name": "origin", "options": { "hostname": "origin.shop.example" } }, { "name": "cpCode", "options": { "value": { "id": 12345 } } }
              ], "children": [ {{rule}} ] } }
            """;
        await db.SaveChangesAsync();
    }
}
