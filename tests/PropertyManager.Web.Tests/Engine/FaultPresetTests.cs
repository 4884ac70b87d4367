using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PropertyManager.Domain;
using PropertyManager.Domain.Activations;
using PropertyManager.Domain.Health;
using PropertyManager.Domain.Properties;
using PropertyManager.Domain.Rollouts;
using PropertyManager.Tests;
using PropertyManager.Web.Data;
using PropertyManager.Web.Data.Demo;
using PropertyManager.Web.Engine;
using PropertyManager.Web.Features.Activate;
using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Tests.Engine;

/// <summary>Presets do on every demo property what they say, wherever they are set. The engine runs on a clock that the test moves.</summary>
[SuppressMessage("Design", "CA1001", Justification = "DisposeAsync of the test framework disposes it.")]
public sealed class FaultPresetTests : IAsyncLifetime
{
    private const string Cancels = "The error rate limit cancels the activation";

    private readonly string _directory = Directory.CreateTempSubdirectory("property-manager-").FullName;
    private EngineWorld _world = null!;
    private EngineNode _node = null!;
    private IEdgeNetwork _edge = null!;
    private Access _publisher = Access.None;

    public static TheoryData<long> Properties =>
        [.. DemoCatalog.Read().Properties.Select(property => PublicId.Parse(PublicId.Property, property.Id)!.Value)];

    public async Task InitializeAsync()
    {
        TestApp.WriteDemoData(_directory);
        _world = new EngineWorld(_directory);
        _node = _world.StartNode(edge => _edge = edge);
        await using var db = _world.CreateDbContext();
        // The application that made the demo data had the lease; the nodes here work without one.
        await db.EngineLeases.ExecuteUpdateAsync(set => set.SetProperty(lease => lease.Epoch, 0));
        var groups = await db.Groups.Select(group => group.Id).ToListAsync();
        _publisher = new("ann@shop.example", groups.ToDictionary(id => id, _ => Role.Publisher), IsSupport: false, MayDemonstrate: true);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        DataFolder.Delete(_directory);
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task A_preset_of_the_form_is_caught_in_the_small_group_wherever_the_limit_acts(long property)
    {
        foreach (var key in (string[])["5xx", "4xx"])
        {
            var (order, target) = await PrepareAsync(property);
            var preset = Preset(target, key);

            var ended = await RunAsync(order with { Faults = [preset.Fault] });

            Check(property, target, preset, ended);
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task A_persistent_preset_is_caught_in_the_small_group_too(long property)
    {
        foreach (var forProperty in (long?[])[property, null])
        {
            var (order, target) = await PrepareAsync(property);
            var sizedFor = forProperty is null ? FaultTarget.AnyProperty : target;
            var preset = Preset(sizedFor, "5xx");
            var (standing, refusal) = await _node.Faults.AddAsync(forProperty, preset.Fault, _publisher, CancellationToken.None);
            Assert.Null(refusal);

            var ended = await RunAsync(order);

            Check(property, sizedFor with { NotActing = target.NotActing }, preset, ended);
            Assert.Null(await _node.Faults.RemoveAsync(standing!.Id, _publisher, CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task The_presets_of_servers_end_as_they_say(long property)
    {
        foreach (
            var (key, effect, state, cause) in ((string, string, ActivationState, string?)[])
                [
                    ("crash", "The server health limit cancels", ActivationState.Aborted, ServerHealthLimit.Name),
                    ("damaged", "No server accepts the version", ActivationState.Failed, "refused three bad copies"),
                    ("slow", "takes longer and completes", ActivationState.Active, null),
                ]
        )
        {
            var (order, target) = await PrepareAsync(property);
            var preset = Preset(target, key);
            Assert.Contains(effect, preset.Effect, StringComparison.Ordinal);

            var ended = await RunAsync(order with { Faults = [preset.Fault] });

            Assert.True(ended.Status.State == state, $"{property}: {preset.Text}, {ended.Status.Cause}");
            Assert.Contains(cause ?? "", ended.Status.Cause ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task A_preset_that_is_set_while_it_runs_does_what_its_label_says(long property)
    {
        foreach (var state in (ActivationState[])[ActivationState.Canary, ActivationState.Live, ActivationState.World])
        {
            var (order, _) = await PrepareAsync(property);
            var (activation, refusal) = await _node.Desk.SubmitAsync(order, _publisher, CancellationToken.None);
            Assert.Null(refusal);
            await _node.CarryAsync(activation!.Id);
            var running = await _node.RunToAsync(activation.Id, state, seconds: 5);
            var progress = _node.Feed.Find(activation.Id)!;
            var target = RunningFaults.TargetOf(running, progress, _edge);
            var preset = Preset(target, "5xx");
            Assert.Null(await _node.Faults.StrikeAsync(activation.Id, preset.Fault, _publisher, CancellationToken.None));

            var ended = await _node.RunAsync(activation.Id);

            var label = $"{property} in {state}: {preset.Text}, {preset.Effect} {ended.Status.Cause}";
            var expected = preset.Effect.StartsWith(Cancels, StringComparison.Ordinal) ? ActivationState.Aborted : ActivationState.Active;
            Assert.True(expected == ended.Status.State, label);
            if (expected == ActivationState.Aborted)
                Assert.Contains(ErrorRateLimit.Name, ended.Status.Cause, StringComparison.Ordinal);
            // Only the property with 40 hits/s is out of the limit's reach.
            Assert.True(expected == ActivationState.Aborted || target.NotActing is not null, label);
        }
    }

    private static FaultPreset Preset(FaultTarget target, string key) =>
        FaultPreset.For(target, FaultPlaces.Of([])).Single(preset => preset.Key == key);

    private static void Check(long property, FaultTarget target, FaultPreset preset, Activation ended)
    {
        var label = $"{property}: {preset.Text}, {preset.Effect} {ended.Status.Cause}";
        if (target.NotActing is { } why)
        {
            Assert.True(ended.Status.State == ActivationState.Active, label);
            if (target.Before is not null)
                Assert.Equal($"Measured and shown. The error rate limit does not act: {why}.", preset.Effect);
            return;
        }
        Assert.StartsWith(Cancels, preset.Effect, StringComparison.Ordinal);
        Assert.True(ended.Status is { State: ActivationState.Aborted, Releases.Count: 1 }, label);
        Assert.Contains(ErrorRateLimit.Name, ended.Status.Cause, StringComparison.Ordinal);
    }

    /// <summary>Activates another version than the active one, as the form would, and the target that the form sizes presets for.</summary>
    private async Task<(ActivationOrder Order, FaultTarget Target)> PrepareAsync(long property)
    {
        await using var db = _world.CreateDbContext();
        var versions = await db.Versions.Where(v => v.PropertyId == property).OrderByDescending(v => v.Number).Select(v => v.Number).ToListAsync();
        if (
            !await db.Activations.AnyAsync(a =>
                a.PropertyId == property && a.Network == Network.Production && a.Status.State == ActivationState.Active
            )
        )
            await RunAsync(new(property, versions[^1], Network.Production, Acknowledged: true));
        var mix = (await _world.TrafficAsync(property)).Mix;
        foreach (var version in versions)
        {
            var preview = (await _node.PreviewAsync(property, version, Network.Production, _publisher))!;
            if (preview.Active?.Version == version || preview.Class.IsException || preview.Errors.Count > 0)
                continue;
            var forecast = await new TrafficForecast(_world, _world.NewGate(), _world.Simulated).ReadAsync(
                property,
                version,
                cancelIfErrorRateIncreases: true,
                exception: null,
                _publisher,
                CancellationToken.None
            );
            // What the version does by itself is another matter.
            if (forecast!.Verdict.Outcome is HealthOutcome.Cancel or HealthOutcome.OverLimit)
                continue;
            return (new(property, version, Network.Production, Acknowledged: true), FaultTarget.Of(forecast, mix, forecast.Verdict.NotActing));
        }
        throw new InvalidOperationException($"Property {property} has no other version that can be activated.");
    }

    private async Task<Activation> RunAsync(ActivationOrder order)
    {
        var (activation, refusal) = await _node.Desk.SubmitAsync(order, _publisher, CancellationToken.None);
        Assert.Null(refusal);
        await _node.CarryAsync(activation!.Id);
        return await _node.RunAsync(activation.Id);
    }
}
