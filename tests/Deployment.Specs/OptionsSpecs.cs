namespace ServerlessCqrs.Deployment.Specs;

public sealed class OptionsSpecs
{
    [Fact]
    public void An_environment_is_read_from_the_context()
    {
        var options = Read(new() { ["environment"] = "prod", ["lambdaConcurrency"] = 1000 });
        Assert.Equal("prod", options.Name);
        Assert.True(options.IsProduction);
        Assert.Equal("example.com", options.MailDomain);
        Assert.Null(options.ClickHouse);
        Assert.Empty(options.CorsOrigins);
    }

    [Fact]
    public void Dev_is_meant_where_no_environment_is_named() => Assert.False(Read([]).IsProduction);

    [Fact]
    public void A_value_on_the_command_line_replaces_the_file_s() =>
        Assert.Equal("mail.example.org", Read(new() { ["mailFrom"] = "shop@mail.example.org" }).MailDomain);

    [Fact]
    public void A_ClickHouse_elsewhere_needs_its_secret() =>
        Assert.Contains("clickHouseSecretArn", Assert.Single(Errors(new() { ["clickHouseHost"] = "clickhouse.example.com" })), StringComparison.Ordinal);

    [Fact]
    public void Node_of_our_own_runs_until_there_is_another_ClickHouse_or_it_is_kept_beside()
    {
        var elsewhere = new Dictionary<string, object>
        {
            ["clickHouseHost"] = "clickhouse.example.com",
            ["clickHouseSecretArn"] = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf",
        };
        Assert.Equal(NodeState.Running, Read([]).Node);
        Assert.Equal(NodeState.Paused, Read(new() { ["clickHouseNode"] = "paused" }).Node);
        Assert.Equal(NodeState.None, Read(new(elsewhere)).Node);
        Assert.Equal(NodeState.Running, Read(new(elsewhere) { ["clickHouseNode"] = "running" }).Node);
    }

    [Fact]
    public void Page_signs_in_at_its_domain_or_else_at_its_url()
    {
        Assert.Null(Read([]).SignInFrom);
        var url = new Dictionary<string, object> { ["pageUrl"] = "https://d111111abcdef8.cloudfront.net/" };
        Assert.Equal("https://d111111abcdef8.cloudfront.net", Read(url).SignInFrom);
        var domain = new Dictionary<string, object>(url)
        {
            ["domain"] = "shop.example.com",
            ["certificateArn"] = "arn:aws:acm:us-east-1:111122223333:certificate/1",
        };
        Assert.Equal("https://shop.example.com", Read(domain).SignInFrom);
    }

    [Fact]
    public void A_domain_needs_a_certificate_where_CloudFront_looks_for_it() =>
        Assert.Contains("certificateArn", Assert.Single(Errors(new() { ["domain"] = "shop.example.com", ["certificateArn"] = "arn:aws:acm:eu-west-1:111122223333:certificate/1" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("mailFrom", "nobody")]
    [InlineData("alertEmail", "nobody")]
    [InlineData("production", "perhaps")]
    [InlineData("edgeSecret", "0")]
    [InlineData("corsOrigins", "https://shop.example.com/path")]
    [InlineData("environment", "staging")]
    [InlineData("clickHouseNode", "perhaps")]
    [InlineData("clickHouseNode", "0")]
    [InlineData("clickHouseNode", "none")]
    [InlineData("sesReady", "perhaps")]
    [InlineData("lambdaConcurrency", "many")]
    [InlineData("lambdaConcurrency", "10")]
    [InlineData("zone", "us-east-1")]
    [InlineData("pageUrl", "http://d111111abcdef8.cloudfront.net")]
    [InlineData("pageUrl", "https://d111111abcdef8.cloudfront.net/shop")]
    public void A_value_that_cannot_be_is_refused_by_its_name(string option, string value) =>
        Assert.Contains(Errors(new() { [option] = value }), error => error.StartsWith(option, StringComparison.Ordinal));

    [Fact]
    public void Account_that_allows_too_little_reserves_nothing_unless_it_is_production()
    {
        Assert.Null(Read([]).LambdaConcurrency);
        Assert.Equal(1000, Read(new() { ["lambdaConcurrency"] = "1000" }).LambdaConcurrency);
        var tooLittle = Assert.Single(Errors(new() { ["lambdaConcurrency"] = "10" }));
        Assert.StartsWith("lambdaConcurrency: this environment needs 569, and the account allows 10. Ask Service Quotas", tooLittle, StringComparison.Ordinal);
        var missing = Assert.Single(Errors(new() { ["environment"] = "prod", ["lambdaConcurrency"] = "" }));
        Assert.StartsWith("lambdaConcurrency: production needs it, 569 at least.", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_of_the_node_is_the_account_s_first_unless_it_is_named()
    {
        Assert.Null(Read([]).Zone);
        Assert.Equal("us-east-1b", Read(new() { ["zone"] = "us-east-1b" }).Zone);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(2, Errors(new() { ["mailFrom"] = "nobody", ["alertEmail"] = "nobody" }).Count);

    [Fact]
    public void An_option_that_does_not_exist_is_refused() => Assert.Contains(
        "mailForm: no such option",
        Assert.Throws<OptionsException>(() => Read([], new Dictionary<string, object> { ["mailFrom"] = "shop@example.com", ["alertEmail"] = "operator@example.com", ["mailForm"] = "x" })).Message,
        StringComparison.Ordinal);

    private static IReadOnlyList<string> Errors(Dictionary<string, object> context) => Assert.Throws<OptionsException>(() => Read(context)).Errors;

    private static DeploymentOptions Read(Dictionary<string, object> context, Dictionary<string, object>? dev = null)
    {
        context["environments"] = new Dictionary<string, object>
        {
            ["dev"] = dev ?? new Dictionary<string, object> { ["mailFrom"] = "shop@example.com", ["alertEmail"] = "operator@example.com" },
            ["prod"] = new Dictionary<string, object> { ["production"] = true, ["mailFrom"] = "shop@example.com", ["alertEmail"] = "operator@example.com" },
        };
        return new OptionsReader(Topology.ShopTopology.All, context.GetValueOrDefault).Read();
    }
}
