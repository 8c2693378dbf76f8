using System.Diagnostics;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>Runs the Operator like a person.</summary>
internal static class Operator
{
    /// <summary>Runs it on a stack's data folder.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(LocalStack stack, params string[] arguments) =>
        RunAsync(new ProcessStartInfo("dotnet", [Programs.Operator, .. arguments, "--data", stack.Data]));

    /// <summary>
    /// Runs it on a stack as if it were deployed. CloudFormation returns the names, KMS has the master key, and Secrets
    /// Manager the password. Its AWS calls are recorded under the command's words.
    /// </summary>
    public static Task<(int ExitCode, string Output)> RunDeployedAsync(LocalStack stack, params string[] arguments)
    {
        var clickHouse = stack.Url("clickhouse");
        var start = new ProcessStartInfo(
            "dotnet",
            [Programs.Operator, .. arguments, "--stack", PlayedCloudFormation.Name, "--clickhouse", $"{clickHouse.Host}:{clickHouse.Port}"]);
        var environment = new Dictionary<string, string>(Recording.Into(RecordedCalls.Folder, $"Operator {CommandOf(arguments)}"))
        {
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_ENDPOINT_URL_CLOUDFORMATION"] = stack.CloudFormation.Url.ToString(),
            ["AWS_ENDPOINT_URL_DYNAMODB"] = stack.Endpoint("dynamodb").ToString(),
            ["AWS_ENDPOINT_URL_KINESIS"] = stack.Endpoint("kinesis").ToString(),
            ["AWS_ENDPOINT_URL_SQS"] = stack.Endpoint("sqs").ToString(),
            ["AWS_ENDPOINT_URL_KMS"] = stack.Endpoint("kms").ToString(),
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = stack.Endpoint("secretsmanager").ToString(),
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return RunAsync(start);
    }

    /// <summary>
    /// Verifies the stack's history, tips and read models, after failed and invisible messages were redelivered.
    /// </summary>
    public static async Task VerifyAsync(LocalStack stack)
    {
        using var queues = new Queues(stack);
        await queues.DrainedAsync(ShopTopology.ReadModels);
        var (exitCode, output) = await RunAsync(stack, "verify");
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Returns the words of a command without its arguments.</summary>
    private static string CommandOf(string[] arguments) => arguments switch
    {
        ["readmodel", "route", "back", ..] => "readmodel route back",
        ["readmodel" or "deadletters" or "mails" or "parked", var verb, ..] => $"{arguments[0]} {verb}",
        ["import", "products" or "customers" or "orders", ..] => $"import {arguments[1]}",
        _ => arguments[0],
    };

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
