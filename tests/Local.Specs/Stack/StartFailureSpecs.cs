using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Stack;

namespace ServerlessCqrs.LocalRuntime.Specs.Stack;

public sealed class StartFailureSpecs : IDisposable
{
    private readonly StringWriter _errors = new();

    /// <summary>
    /// Exceptions of parts of a start: a port, files of another user, a damaged key, a damaged file, a store that
    /// fails, data of newer code.
    /// </summary>
    public static TheoryData<string> Kinds => ["socket", "access", "key", "json", "store", "newer", "timeout", "format"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failed_start_is_one_clear_line(string kind)
    {
        Exception failure = kind switch
        {
            "socket" => new SocketException((int)SocketError.AddressAlreadyInUse),
            "access" => new UnauthorizedAccessException("Access to the path '/x' is denied."),
            "key" => new CryptographicException("The key is no key."),
            "json" => new JsonException("'x' is an invalid start of a value."),
            "store" => new AmazonDynamoDBException("The store is closed."),
            "newer" => new EventLogException("The database 'shop' has schema 99, and this code knows 9: deploy the code that migrated it, or newer."),
            "timeout" => new TimeoutException("The operation has timed out."),
            _ => new FormatException("The input is no number."),
        };

        Assert.Equal(1, await StartFailures.ReportAsync(() => throw failure, _errors));

        var line = Assert.Single(_errors.ToString().Trim().Split('\n'));
        Assert.Contains(failure.Message, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_system_that_fails_names_the_option_for_another_folder()
    {
        Assert.Equal(1, await StartFailures.ReportAsync(() => throw new IOException("The file '/x/dynamodb' already exists."), _errors));

        Assert.Equal("The file '/x/dynamodb' already exists. Mend that in the data folder, or choose another folder with --data.", _errors.ToString().Trim());
    }

    [Fact]
    public async Task Port_that_is_taken_names_the_option_for_others()
    {
        await using var first = LoopbackServer.Builder(0, largestBody: null, NullLoggerFactory.Instance).Build();
        await first.StartAsync(TestContext.Current.CancellationToken);
        await using var second = LoopbackServer.Builder(LoopbackServer.UrlOf(first).Port, largestBody: null, NullLoggerFactory.Instance).Build();

        Assert.Equal(1, await StartFailures.ReportAsync(() => StartAsync(second), _errors));

        Assert.Contains("--port N", Assert.Single(_errors.ToString().Trim().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => _errors.Dispose();

    private static async Task<int> StartAsync(WebApplication server)
    {
        await server.StartAsync(TestContext.Current.CancellationToken);
        return 0;
    }
}
