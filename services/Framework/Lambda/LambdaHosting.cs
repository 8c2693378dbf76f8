using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessCqrs.Lambda;

/// <summary>Lets an ASP.NET Core app run on Lambda behind an API Gateway HTTP API, and anywhere else on Kestrel.</summary>
public static class LambdaHosting
{
    /// <summary>
    /// In Lambda (where <c>AWS_LAMBDA_RUNTIME_API</c> is set) the app takes its requests from the Runtime API, in payload format 2.0.
    /// Elsewhere this does nothing. An exception before the app has started is reported as Lambda's init error. When the Runtime API
    /// is gone, the app ends and <see cref="Environment.ExitCode"/> is 1.
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
