using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessCqrs.Lambda;

/// <summary>Runs an ASP.NET Core app on Lambda behind an API Gateway HTTP API, and anywhere else on Kestrel.</summary>
public static class LambdaHosting
{
    /// <summary>
    /// On Lambda (where <c>AWS_LAMBDA_RUNTIME_API</c> is set) the app takes its requests from the Runtime API, in
    /// payload format 2.0. Elsewhere this does nothing. An exception before the app has started is reported as Lambda's
    /// init error. If the Runtime API fails, the app ends with <see cref="Environment.ExitCode"/> 1.
    /// </summary>
    public static WebApplicationBuilder AddLambdaHosting(this WebApplicationBuilder builder)
    {
        if (RuntimeApi.AuthorityOf(builder.Configuration) is not { } authority) return builder;
        var api = new RuntimeApi(authority);
        builder.Services.AddRuntime(api);
        builder.Services.AddSingleton(new InitErrors(api));
        builder.Services.Replace(ServiceDescriptor.Singleton<IServer, LambdaServer>());
        return builder;
    }
}
