using System.Diagnostics;
using System.Text.Json.Nodes;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Lambda.Specs;
using ServerlessCqrs.Topology;
using Gateway = ServerlessCqrs.Lambda.Specs.Gateway;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>What is published runs: each program as Lambda runs it, built for this machine, with nobody behind it.</summary>
[Collection(PublishedCollection.Name)]
public sealed class PublishedSpecs(Published published)
{
    /// <summary>What a function's deployment package may be unzipped (Lambda quotas).</summary>
    private const long Largest = 250_000_000;

    [Fact]
    public async Task Every_published_program_starts_and_answers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64, "What is published for linux-x64 runs there alone.");
        Assert.All(published.Publisher.Sizes(), size => Assert.InRange(size.Unzipped, 1_000_000, Largest));
        foreach (var program in TopologyLines.Programs) await AnswersAsync(published.Programs, program);
    }

    private static async Task AnswersAsync(PublishedPrograms programs, Topology.Program program)
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var process = Start(programs, program, api.Authority);
        try
        {
            var answer = await api.InvokeAsync(EventFor(program));
            Assert.True(IsExpected(program, answer), $"{program.Name} answered {answer.ErrorType} {answer.Text}");
        }
        catch (TimeoutException e) when (api.HasInitError)
        {
            throw new InvalidOperationException($"{program.Name} did not start: {(await api.InitError).Text}", e);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static string EventFor(Topology.Program program) => program switch
    {
        HttpService { Methods: var methods } when methods.Contains("GET") => Gateway.Event(new ClientRequest("GET", "/openapi/v1.json"), asBase64: false),
        HttpService => Gateway.Event(new ClientRequest("POST", "/products", Headers: [("content-type", "application/json")], Body: "{}"u8.ToArray()), asBase64: false),
        Function { Mapping: StreamMapping } => Golden("kinesis"),
        Function { Mapping: QueueMapping } => Golden("sqs"),
        Function { Mapping: ScheduleMapping } => Golden("scheduled"),
        _ => throw new NotSupportedException($"Nothing is known of how {program.Name} is invoked."),
    };

    /// <summary>A service answers by itself; a batch is reported as failed, and a tick fails, since nobody is there.</summary>
    private static bool IsExpected(Topology.Program program, Answer answer) => program switch
    {
        HttpService { Methods: var methods } => Gateway.Response(answer.Body).Status == (methods.Contains("GET") ? 200 : 401),
        Function { Mapping: BatchMapping } => JsonNode.Parse(answer.Body)?["batchItemFailures"] is JsonArray { Count: > 0 },
        _ => answer.IsError && answer.ErrorMessage.Length > 0,
    };

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Events", $"{name}.json"));

    private static Process Start(PublishedPrograms programs, Topology.Program program, string runtimeApi)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(programs.FolderOf(program), $"{PublishedPrograms.EntryOf(program)}.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in program.Environment) start.Environment[setting.Name] = ValueOf(setting.Value);
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = program.Name;
        (start.Environment["AWS_REGION"], start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = ("eu-west-1", "none", "none");
        // The port of "discard": nobody listens.
        start.Environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
        var process = Process.Start(start)!;
        // What nobody reads fills the pipe, and the program would wait.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string ValueOf(SettingValue value) => value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.TableName table => table.Table.Name,
        SettingValue.StreamName stream => stream.Stream.Name,
        SettingValue.TopicArn topic => $"arn:aws:sns:eu-west-1:111122223333:{topic.Topic.Name}",
        SettingValue.QueueUrl own => $"http://127.0.0.1:9/111122223333/{own.Queue.Name}",
        SettingValue.DeadLettersUrl dead => $"http://127.0.0.1:9/111122223333/{dead.Queue.DeadLettersName}",
        SettingValue.Provided provided => provided.What switch
        {
            Provision.ClickHouse => "Host=127.0.0.1;Port=9;Database=shop",
            Provision.ClickHouseSecret => "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf",
            Provision.MasterKey => "kms:arn:aws:kms:eu-west-1:111122223333:key/1",
            Provision.TokenIssuer => "http://127.0.0.1:9",
            Provision.PublicUrl => "https://shop.example.com",
            Provision.MailFrom => "shop@example.com",
            Provision.EdgeSecrets => "",
            Provision.ConnectionsUrl => "http://127.0.0.1:9/live",
            _ => "any",
        },
        var other => throw new NotSupportedException(other.GetType().Name),
    };
}
