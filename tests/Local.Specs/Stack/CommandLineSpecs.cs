using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Stack;

public sealed class CommandLineSpecs : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private LocalOptions? _ran;

    [Theory]
    [InlineData("--port", "abc")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "65001")]
    [InlineData("--port", "8080.5")]
    [InlineData("--port", "99999999999999999999")]
    [InlineData("--port", "")]
    [InlineData("--port")]
    [InlineData("--port", "1", "--port", "abc")]
    [InlineData("--data", "")]
    [InlineData("--data", "  ")]
    [InlineData("--data")]
    [InlineData("--prot", "8080")]
    [InlineData("start")]
    [InlineData("@/tmp")]
    [InlineData("@nothing")]
    [InlineData("--port", "@/etc/hostname")]
    public async Task A_wrong_argument_is_one_clear_error_and_starts_nothing(params string[] arguments)
    {
        Assert.Equal(1, await RunAsync(arguments));

        Assert.Null(_ran);
        Assert.NotEqual("", _errors.ToString().Trim());
        Assert.DoesNotContain("   at ", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("65001")]
    public async Task A_wrong_port_is_told_with_its_range(string port)
    {
        await RunAsync("--port", port);

        Assert.Equal($"--port takes a whole number from 0 to 65000, not '{port}'.", _errors.ToString().Trim());
    }

    [Fact]
    public async Task A_port_and_a_folder_are_taken()
    {
        Assert.Equal(0, await RunAsync("--port", "9000", "--data", "here"));

        Assert.Equal((Path.GetFullPath("here"), 9000), (_ran!.DataFolder, _ran.Port));
        Assert.Equal(LocalOptions.DevelopmentOrigins, _ran.CorsOrigins);
    }

    [Fact]
    public async Task Origins_of_web_pages_replace_the_default_ones()
    {
        Assert.Equal(0, await RunAsync("--cors", "http://localhost:9999", "--cors", "https://shop.example"));

        Assert.Equal(["http://localhost:9999", "https://shop.example"], _ran!.CorsOrigins);
    }

    [Theory]
    [InlineData("localhost:5173")]
    [InlineData("http://localhost:5173/")]
    [InlineData("http://localhost:80")]
    [InlineData("ftp://localhost")]
    [InlineData("")]
    public async Task Text_that_no_browser_sends_as_origin_is_refused(string origin)
    {
        Assert.Equal(1, await RunAsync("--cors", origin));

        Assert.Equal($"'{origin}' is not an origin. Give scheme, host and port, for example http://localhost:5173, or *.", _errors.ToString().Trim());
    }

    [Fact]
    public async Task Demo_runs_only_where_it_is_asked_for()
    {
        Assert.Equal(0, await RunAsync());
        Assert.False(_ran!.WithDemo);

        Assert.Equal(0, await RunAsync("--demo"));
        Assert.True(_ran!.WithDemo);
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments, ShopTopology.All, new LocalDemo("services/Operator", _ => []), (options, _) =>
        {
            _ran = options;
            return Task.FromResult(0);
        });
        return parsed.InvokeAsync(new() { Output = _output, Error = _errors }, TestContext.Current.CancellationToken);
    }
}
