using System.Diagnostics;
using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace PropertyManager.Web.Tests.Shell;

internal static class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>bUnit's own default is one second, which is what a busy machine takes for a rendering.</summary>
    [ModuleInitializer]
    internal static void SetPatience() => BunitContext.DefaultWaitTimeout = Patience;

    /// <summary>Waits for a state that nothing renders. bUnit's own waits look once, and then only after each rendering.</summary>
    public static async Task PollAsync<TComponent>(this IRenderedComponent<TComponent> component, Func<Task<bool>> holds)
        where TComponent : IComponent
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(10))
        {
            if (await component.InvokeAsync(holds))
                return;
        }
        throw new TimeoutException("The state does not come.");
    }

    /// <inheritdoc cref="PollAsync{TComponent}(IRenderedComponent{TComponent}, Func{Task{bool}})"/>
    public static Task PollAsync<TComponent>(this IRenderedComponent<TComponent> component, Func<bool> holds)
        where TComponent : IComponent => component.PollAsync(() => Task.FromResult(holds()));
}
