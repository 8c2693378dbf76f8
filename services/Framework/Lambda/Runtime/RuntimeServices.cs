using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.Lambda;

internal static class RuntimeServices
{
    /// <summary>
    /// The time that the host may take to stop. Lambda's shutdown phase takes at most 2 s
    /// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html).
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddRuntime(this IServiceCollection services, RuntimeApi api)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(api);
        services.AddSingleton<RuntimeLoop>();
        services.AddSingleton<RuntimeWorker>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        return services;
    }
}
