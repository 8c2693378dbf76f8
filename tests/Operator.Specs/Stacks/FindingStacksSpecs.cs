using System.Buffers.Text;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Operator.Import;

namespace ServerlessCqrs.Operator.Specs.Stacks;

public sealed class FindingStacksSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("operator-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_without_a_stack_says_how_to_start_one()
    {
        var error = Assert.Throws<OperatorException>(() => ReadyFile.Read(ShopOperator.System, _folder));

        Assert.Equal($"No stack runs on {_folder}. Start one with dotnet run --project infra/Local, or name its data folder with --data.", error.Message);
    }

    [Fact]
    public void A_running_stack_is_found_by_its_file()
    {
        File.WriteAllText(Path.Combine(_folder, "ready.json"), """
            {"edge": "http://127.0.0.1:8080/", "clickhouse": "http://127.0.0.1:8085/",
             "endpoints": {"dynamodb": "http://127.0.0.1:8081/", "kinesis": "http://127.0.0.1:8082/", "sns": "http://127.0.0.1:8083/", "sqs": "http://127.0.0.1:8083/", "ses": "http://127.0.0.1:8084/"},
             "tokens": {"seller": "a", "customer": "b", "operator": "c"}, "processes": {"kinesis": 1}}
            """);

        var ready = ReadyFile.Read(ShopOperator.System, _folder);

        Assert.Equal((8085, 8081, 8082, 8083), (ready.Clickhouse.Port, ready.Endpoints.Dynamodb.Port, ready.Endpoints.Kinesis.Port, ready.Endpoints.Sqs.Port));
        Assert.Equal("a", ready.Tokens["seller"]);
    }

    [Fact]
    public void Stack_whose_processes_are_gone_says_how_to_start_it_again()
    {
        using var gone = System.Diagnostics.Process.Start("true");
        gone.WaitForExit();
        File.WriteAllText(Path.Combine(_folder, "ready.json"), """
            {"edge": "http://127.0.0.1:8080/", "clickhouse": "http://127.0.0.1:8085/",
             "endpoints": {"dynamodb": "http://127.0.0.1:8081/", "kinesis": "http://127.0.0.1:8082/", "sqs": "http://127.0.0.1:8083/"},
             "tokens": {"seller": "a"}, "processes": {"kinesis": 4000000}}
            """.Replace("4000000", $"{gone.Id}", StringComparison.Ordinal));

        var error = Assert.Throws<OperatorException>(() => LocalStack.Open(ShopOperator.System, _folder, TimeProvider.System));

        Assert.StartsWith($"The stack on {_folder} was killed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lacks_something_is_named()
    {
        var path = Path.Combine(_folder, "ready.json");
        File.WriteAllText(path, """{"clickhouse": "http://127.0.0.1:8085/"}""");

        Assert.StartsWith($"{path} cannot be read", Assert.Throws<OperatorException>(() => ReadyFile.Read(ShopOperator.System, _folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_seller_is_whom_the_token_names() =>
        Assert.Equal("seller-1", ImportCommand.SellerOf($"e30.{Base64Url.EncodeToString("""{"sub":"seller-1"}"""u8)}.signature"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("e30.e30.x")]
    public void A_token_that_names_nobody_asks_for_the_seller(string? token) =>
        Assert.Contains("--seller", Assert.Throws<OperatorException>(() => ImportCommand.SellerOf(token)).Message, StringComparison.Ordinal);
}
