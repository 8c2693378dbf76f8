using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.LambdaSample;

// The two kinds of programs that this host runs, and each of them with a start that fails.
return args[0] switch
{
    "function" => await FunctionHost.RunAsync(args[1..], builder => builder.Services.AddSingleton<ISqsBatchHandler, BodyIsMilliseconds>()),
    "broken-function" => await FunctionHost.RunAsync(args[1..], _ => throw new InvalidOperationException("No table is configured.")),
    "app" => await RunAppAsync(_ => { }),
    "broken-app" => await RunAppAsync(_ => throw new InvalidOperationException("No table is configured.")),
    _ => throw new ArgumentException($"Unknown program {args[0]}"),
};

async Task<int> RunAppAsync(Action<WebApplication> configure)
{
    var builder = WebApplication.CreateSlimBuilder(args[1..]);
    builder.AddLambdaHosting();
    var app = builder.Build();
    configure(app);
    app.MapGet("/", () => "hello");
    await app.RunAsync();
    return Environment.ExitCode;
}
