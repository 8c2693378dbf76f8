using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda;

/// <summary>Hosts a function that handles batches or schedules. The function's Program.cs is one call.</summary>
public static class FunctionHost
{
    /// <summary>
    /// Runs the function on Lambda's Runtime API until SIGTERM. <paramref name="configure"/> registers an <see
    /// cref="IKinesisBatchHandler"/>, <see cref="ISqsBatchHandler"/>, <see cref="IScheduledHandler"/> or <see
    /// cref="IWebSocketHandler"/> and its dependencies. They are created once, before the first invocation. The
    /// configuration is the environment and the command line.
    /// </summary>
    /// <returns>The exit code: 0 after SIGTERM, 1 if it cannot start (reported as Lambda's init error) or the Runtime
    /// API fails, and 2 if there is no Runtime API.</returns>
    public static async Task<int> RunAsync(string[] args, Action<HostApplicationBuilder> configure)
    {
        // Without defaults, the host watches no files and reads only what a function has.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        if (RuntimeApi.AuthorityOf(builder.Configuration) is not { } authority)
        {
            await Console.Error.WriteLineAsync(
                $"{AppDomain.CurrentDomain.FriendlyName} is a Lambda function: it runs on Lambda, or on this machine with: dotnet run --project infra/Local");
            return 2;
        }

        // Not from the container, because an init error must be sent even if the container cannot be built.
        using var api = new RuntimeApi(authority);
        IHost? host = null;
        try
        {
            AddLogging(builder);
            builder.Services.AddRuntime(api);
            configure(builder);
            builder.Services.AddSingleton<EventDispatcher>();
            builder.Services.AddHostedService<FunctionService>();
            host = builder.Build();
            await host.StartAsync();
        }
        catch (OperationCanceledException) when (IsStopping(host))
        {
            return 0;
        }
#pragma warning disable CA1031 // whatever hinders the start is the init error
        catch (Exception e)
#pragma warning restore CA1031
        {
            host?.Dispose();
            await InitErrors.ReportAsync(api, e);
            return 1;
        }

        using (host)
        {
            await host.WaitForShutdownAsync();
            return host.Services.GetRequiredService<RuntimeWorker>().Failed ? 1 : 0;
        }
    }

    private static bool IsStopping(IHost? host) =>
        host?.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested ?? false;

    private static void AddLogging(HostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        // Lambda sets this variable if the function's log format is JSON.
        if (builder.Configuration["AWS_LAMBDA_LOG_FORMAT"] == "JSON") builder.Logging.AddJsonConsole(o => o.IncludeScopes = true);
        else builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
    }
}
