using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// Lets the build run the command service to get its OpenAPI document, which the query service embeds (see
/// <c>EmbedCommands.targets</c>).
/// </summary>
public static class CommandDescribing
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>
    /// Runs the service. With the setting <c>DESCRIBE_TO</c>, it instead checks that nothing was forgotten, writes its
    /// document to that file, and stops. What is missing is then an error of the build.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunOrDescribeAsync(this WebApplication app, Domain domain)
    {
        if (app.Configuration["DESCRIBE_TO"] is not { Length: > 0 } file)
        {
            await app.RunAsync();
            return Environment.ExitCode;
        }

        try
        {
            domain.EnsureComplete();
            domain.EnsureSentBy(Assembly.GetEntryAssembly()!);
        }
        catch (InvalidOperationException incomplete)
        {
            // MSBuild shows lines of this form as errors.
            foreach (var line in incomplete.Message.Split('\n').Skip(1)) await Console.Error.WriteLineAsync($"{app.Environment.ApplicationName} : error : {line}");
            return 1;
        }

        await File.WriteAllTextAsync(file, (await DocumentAsync(app)).ToJsonString(Indented));
        return 0;
    }

    private static async Task<JsonNode> DocumentAsync(WebApplication app)
    {
        // The routes of an app that does not start are known only after this.
        app.UseRouting();
#pragma warning disable ASP0014 // Only this hands the routes to the document without a start.
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        await using var scope = app.Services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(CommandDocument.Name).GetOpenApiDocumentAsync();
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!;
    }
}
