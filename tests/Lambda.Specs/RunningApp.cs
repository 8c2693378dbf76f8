using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>An ASP.NET Core app in this process, with its own Runtime API.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private RunningApp(FakeRuntimeApi api, WebApplication app) => (Api, App) = (api, app);

    public FakeRuntimeApi Api { get; }

    public WebApplication App { get; }

    public static async Task<RunningApp> StartAsync(Action<WebApplication> configure, Action<WebApplicationBuilder>? configureBuilder = null)
    {
        var api = await FakeRuntimeApi.StartAsync();
        var builder = WebApplication.CreateSlimBuilder(api.Args);
        builder.Logging.ClearProviders();
        configureBuilder?.Invoke(builder);
        builder.AddLambdaHosting();
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return new(api, app);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await Api.DisposeAsync();
    }
}
