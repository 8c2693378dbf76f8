using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>What AWS reviewers require beyond single resources: order, protection, the edge, and alarms.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class StackSpecs(Synthesis synthesis)
{
    private static readonly string[] Names =
    [
        "TableName", "StreamName", "TopicName", "QueueName", "LaunchTemplateName", "FunctionName", "BucketName", "RoleName",
        "UserPoolName", "AlarmName", "DashboardName", "LogGroupName",
    ];

    private Cloud Production => synthesis.Production;

    [Fact]
    public void There_are_three_stacks() => Assert.Equal(["shop-prod-data", "shop-prod-operations", "shop-prod-services"], Production.Templates.Keys.Order());

    [Fact]
    public void Production_is_protected_from_going()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(synthesis.FolderOf("prod"), "manifest.json")))!["artifacts"]!;
        Assert.All(Production.Templates.Keys.Where(stack => stack != "shop-prod-operations"), stack =>
            Assert.True((bool)manifest[stack]!["properties"]!["terminationProtection"]!, stack));
        // It contains no data, and is deleted before a program or a queue is removed.
        Assert.NotEqual("true", manifest["shop-prod-operations"]!["properties"]!["terminationProtection"]?.ToString());
    }

    [Theory]
    [InlineData("AWS::DynamoDB::Table")]
    [InlineData("AWS::Kinesis::Stream")]
    [InlineData("AWS::Cognito::UserPool")]
    [InlineData("AWS::KMS::Key")]
    [InlineData("AWS::EC2::Volume")]
    [InlineData("AWS::S3::Bucket")]
    [InlineData("AWS::SecretsManager::Secret")]
    public void Data_outlives_its_stack_in_production(string type)
    {
        var kept = Production.Of(type).Where(resource => resource.Stack == "shop-prod-data"
            && resource.Path != "Alerts/Key").ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, resource => Assert.Equal("Retain", resource.Node["DeletionPolicy"]?.ToString()));
    }

    [Fact]
    public void Every_table_has_point_in_time_recovery_except_keys_of_persons_and_open_sockets() => Assert.Equal(
        ["person-keys", "connections"],
        Production.Of("AWS::DynamoDB::Table").Where(table => table["PointInTimeRecoverySpecification"]?["PointInTimeRecoveryEnabled"]?.ToString() != "true").Select(table => table.Path["Tables/".Length..]));

    [Fact]
    public void Account_credentials_get_a_token_except_in_production()
    {
        Assert.Contains("ALLOW_ADMIN_USER_PASSWORD_AUTH", FlowsOf(synthesis.Development));
        Assert.Equal(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], FlowsOf(Production));

        static IEnumerable<string> FlowsOf(Cloud cloud) => cloud.Of("AWS::Cognito::UserPoolClient").Single()["ExplicitAuthFlows"]!.AsArray().Select(flow => flow!.ToString());
    }

    /// <summary>
    /// A resource with a fixed name in an account must contain the environment's name. Otherwise the second environment
    /// cannot be deployed.
    /// </summary>
    [Theory]
    [InlineData("AWS::CloudFront::CachePolicy", "CachePolicyConfig", "Name")]
    [InlineData("AWS::CloudFront::ResponseHeadersPolicy", "ResponseHeadersPolicyConfig", "Name")]
    [InlineData("AWS::CloudFront::Function", "Name")]
    public void Two_environments_can_live_in_one_account(string type, params string[] name)
    {
        var named = Production.Of(type).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, resource => Assert.Contains("shopprod", name.Aggregate((JsonNode)resource.Properties, (node, key) => node[key]!).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_else_is_named_by_us() => Assert.Empty(
        from resource in Production.Resources
        where resource.Type is not ("AWS::Lambda::EventSourceMapping" or "AWS::Lambda::Permission")
        where Names.Any(property => resource[property] is JsonValue)
        select resource.Path);

    [Fact]
    public void Consumers_are_deployed_before_producers()
    {
        Assert.Contains("CommandsToEvents/Function", DependsOn("CommandApi/Function"));
        Assert.Contains("EventsToReadModels/Function", DependsOn("CommandsToEvents/Function"));
    }

    [Fact]
    public void Every_program_runs_on_Graviton_with_traces_JSON_logs_and_an_end_to_its_logs()
    {
        Assert.All(Production.Of("AWS::Lambda::Function").Where(function => function.Part != "Custom::VpcRestrictDefaultSGCustomResourceProvider"), function =>
        {
            Assert.Equal("arm64", function["Architectures"]![0]!.ToString());
            Assert.Equal("Active", function["TracingConfig"]!["Mode"]!.ToString());
            Assert.Equal("JSON", function["LoggingConfig"]!["LogFormat"]!.ToString());
        });
        Assert.All(Production.Of("AWS::Logs::LogGroup"), logs => Assert.Equal(90, (int)logs["RetentionInDays"]!));
    }

    [Fact]
    public void Writes_and_private_reads_need_a_token_and_the_rest_does_not() => Assert.All(OfHttp(Production, "AWS::ApiGatewayV2::Route"), route =>
    {
        var (method, path) = route["RouteKey"]!.ToString().Split(' ') is [var first, var second] ? (first, second) : default;
        var isRead = method is "GET" or "HEAD" && path == "/{proxy+}";
        // The query service checks the token of a read by POST.
        var isOpen = isRead || path == "/unsubscribe/{proxy+}" || (method == "POST" && ShopTopology.Edge.ReadsByPost.Contains(path));
        Assert.Equal(isOpen ? "NONE" : "JWT", route["AuthorizationType"]!.ToString());
    });

    [Fact]
    public void The_edge_keeps_compressed_answers_and_keys_on_what_changes_a_body()
    {
        var policy = Production.Of("AWS::CloudFront::CachePolicy").Single()["CachePolicyConfig"]!;
        var key = policy["ParametersInCacheKeyAndForwardedToOrigin"]!;
        Assert.Equal(ShopTopology.Edge.ShortestLife.TotalSeconds, (double)policy["MinTTL"]!);
        Assert.Equal("all", key["QueryStringsConfig"]!["QueryStringBehavior"]!.ToString());
        Assert.Equal("none", key["CookiesConfig"]!["CookieBehavior"]!.ToString());
        Assert.Equal(ShopTopology.Edge.KeyHeaders, ((JsonArray)key["HeadersConfig"]!["Headers"]!).Select(header => header!.ToString()));
    }

    /// <summary>CloudFront's managed policies have these ids.</summary>
    [Fact]
    public void Every_path_of_the_api_allows_all_methods_and_headers_except_Host_and_compresses()
    {
        var config = Production.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!;
        var behaviors = ((JsonArray)config["CacheBehaviors"]!).Where(behavior => behavior!["PathPattern"]!.ToString() != ShopTopology.Live.Path).ToList();
        // The first that matches wins: no private read may come after a path that covers it.
        Assert.Equal(ShopTopology.Edge.PrivateReads.Concat(ShopPage.Site.ApiPaths), behaviors.Select(behavior => behavior!["PathPattern"]!.ToString()));
        Assert.All(behaviors, behavior =>
        {
            Assert.Equal(7, ((JsonArray)behavior!["AllowedMethods"]!).Count);
            Assert.Equal(["GET", "HEAD"], ((JsonArray)behavior["CachedMethods"]!).Select(method => method!.ToString()));
            Assert.Equal("b689b0a8-53d0-40ab-baf2-68738e2966ac", behavior["OriginRequestPolicyId"]!.ToString());
            Assert.True((bool)behavior["Compress"]!);
            Assert.Equal("https-only", behavior["ViewerProtocolPolicy"]!.ToString());
            Assert.Equal("[{EventType:viewer-request,FunctionARN:${Edge/Buckets.FunctionARN}}]", Production.Tell("shop-prod-services", behavior["FunctionAssociations"]));
            Assert.Equal("${Edge/SecurityHeaders}", Production.Tell("shop-prod-services", behavior["ResponseHeadersPolicyId"]));
        });
        Assert.All(behaviors.Skip(ShopTopology.Edge.PrivateReads.Count), behavior => Assert.Equal("${Edge/PublicReads}", Production.Tell("shop-prod-services", behavior!["CachePolicyId"])));
    }

    [Fact]
    public void All_other_paths_are_the_pages_own()
    {
        var config = Production.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!;
        var page = config["DefaultCacheBehavior"]!;
        var origin = ((JsonArray)config["Origins"]!).Single(one => one!["Id"]!.ToString() == page["TargetOriginId"]!.ToString())!;
        Assert.Equal("${Page/Files.RegionalDomainName}", Production.Tell("shop-prod-services", origin["DomainName"]));
        Assert.NotNull(origin["OriginAccessControlId"]);
        Assert.Null(origin["OriginCustomHeaders"]);
        Assert.Equal("[{EventType:viewer-request,FunctionARN:${Page/Paths.FunctionARN}}]", Production.Tell("shop-prod-services", page["FunctionAssociations"]));
        var headers = Production.Of("AWS::CloudFront::ResponseHeadersPolicy").Single(policy => policy.Path == "Page/Headers")["ResponseHeadersPolicyConfig"]!["SecurityHeadersConfig"]!;
        Assert.Equal(
            StaticSite.ContentSecurityPolicy(["https://cognito-idp.${AWS::Region}.amazonaws.com"]),
            Production.Tell("shop-prod-services", headers["ContentSecurityPolicy"]!["ContentSecurityPolicy"]));
    }

    [Fact]
    public void People_sign_in_with_code_and_PKCE_once_the_pages_url_is_known()
    {
        Assert.Equal("false", Production.Of("AWS::Cognito::UserPoolClient").Single()["AllowedOAuthFlowsUserPoolClient"]!.ToString());
        Assert.Empty(Production.Of("AWS::Cognito::UserPoolDomain"));
        var client = synthesis.Development.Of("AWS::Cognito::UserPoolClient").Single();
        Assert.Equal("[code]", synthesis.Development.Tell(client.Stack, client["AllowedOAuthFlows"]));
        Assert.Equal("[https://shop.example.com/shop/signed-in]", synthesis.Development.Tell(client.Stack, client["CallbackURLs"]));
        Assert.Null(client["GenerateSecret"]);
        Assert.Single(synthesis.Development.Of("AWS::Cognito::ManagedLoginBranding"));
    }

    /// <summary>CloudFront's managed policy "CachingDisabled" has this id.</summary>
    [Fact]
    public void Sockets_pass_the_edge_uncached_with_the_headers_of_a_handshake()
    {
        var config = Production.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!;
        var sockets = ((JsonArray)config["CacheBehaviors"]!).Single(behavior => behavior!["PathPattern"]!.ToString() == ShopTopology.Live.Path)!;
        Assert.Equal("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", sockets["CachePolicyId"]!.ToString());
        Assert.Equal("https-only", sockets["ViewerProtocolPolicy"]!.ToString());

        var passed = Production.At("AWS::CloudFront::OriginRequestPolicy", "Edge/Handshake")["OriginRequestPolicyConfig"]!;
        Assert.Equal("${Edge/Handshake}", Production.Tell("shop-prod-services", sockets["OriginRequestPolicyId"]));
        Assert.Equal("none", passed["QueryStringsConfig"]!["QueryStringBehavior"]!.ToString());
        Assert.Contains("Origin", ((JsonArray)passed["HeadersConfig"]!["Headers"]!).Select(header => header!.ToString()));

        var origin = ((JsonArray)config["Origins"]!).Single(origin => origin!["Id"]!.ToString() == sockets["TargetOriginId"]!.ToString())!;
        Assert.Contains("${Sockets/Api}.execute-api.", Production.Tell("shop-prod-services", origin["DomainName"]), StringComparison.Ordinal);
        Assert.Contains("{{resolve:secretsmanager:", Production.Tell("shop-prod-services", origin["OriginCustomHeaders"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_sends_the_current_secret_where_the_services_look_for_it()
    {
        var origins = synthesis.Development.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!["Origins"]!.AsArray()
            .Where(one => one!["OriginCustomHeaders"] is not null).ToList();
        Assert.Equal(2, origins.Count);
        Assert.All(origins, origin => Assert.Equal(
            $"[{{HeaderName:{new EdgeHeaders(ShopDomain.HeaderPrefix).Secret},HeaderValue:{{{{resolve:secretsmanager:${{EdgeSecret/Secret2}}:SecretString:::}}}}}}]",
            synthesis.Development.Tell("shop-dev-services", origin!["OriginCustomHeaders"])));
    }

    [Fact]
    public void Browsers_of_the_named_origins_may_call_and_no_others()
    {
        Assert.Null(HttpApiOf(Production)["CorsConfiguration"]);
        var cors = HttpApiOf(synthesis.Development)["CorsConfiguration"]!;
        Assert.Equal(synthesis.DevelopmentOptions.CorsOrigins, Texts("AllowOrigins"));
        Assert.Equal(ShopTopology.All.Services.SelectMany(service => service.Methods).Order(), Texts("AllowMethods").Order());
        Assert.Equal(ShopTopology.Edge.BrowserRequestHeaders, Texts("AllowHeaders"));
        Assert.Equal(ShopTopology.Edge.BrowserResponseHeaders, Texts("ExposeHeaders"));
        Assert.Null(cors["AllowCredentials"]);

        IEnumerable<string> Texts(string list) => ((JsonArray)cors[list]!).Select(item => item!.ToString());
    }

    [Fact]
    public void The_API_s_log_never_holds_a_path_whose_last_part_may_be_a_key()
    {
        var format = OfHttp(Production, "AWS::ApiGatewayV2::Stage").Single()["AccessLogSettings"]!["Format"]!.ToString();
        Assert.Contains("$context.requestId", format, StringComparison.Ordinal);
        Assert.DoesNotContain("path", format, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>SES then sends no more mail to it, from anybody. The system does not need to know.</summary>
    [Fact]
    public void An_address_that_bounces_or_complains_is_suppressed_by_SES()
    {
        var settings = Production.Of("AWS::SES::ConfigurationSet").Single();
        Assert.Equal("[BOUNCE,COMPLAINT]", Production.Tell(settings.Stack, settings["SuppressionOptions"]!["SuppressedReasons"]));
        var identity = Production.Of("AWS::SES::EmailIdentity").Single();
        Assert.Equal("${Mail/Settings}", Production.Tell(identity.Stack, identity["ConfigurationSetAttributes"]!["ConfigurationSetName"]));
    }

    [Fact]
    public void The_groups_there_are_the_groups_here() =>
        Assert.Equal(ShopTopology.All.Groups.Names.Order(), Production.Of("AWS::Cognito::UserPoolGroup").Select(group => group["GroupName"]!.ToString()).Order());

    [Fact]
    public void Writes_are_throttled_below_reads()
    {
        var stage = OfHttp(Production, "AWS::ApiGatewayV2::Stage").Single();
        Assert.Equal(ShopTopology.QueryApi.Throttle.RequestsPerSecond, (int)stage["DefaultRouteSettings"]!["ThrottlingRateLimit"]!);
        Assert.All(ShopTopology.CommandApi.Methods, method =>
            Assert.Equal(ShopTopology.CommandApi.Throttle.RequestsPerSecond, (int)stage["RouteSettings"]![$"{method} /{{proxy+}}"]!["ThrottlingRateLimit"]!));
    }

    [Fact]
    public void Every_program_and_queue_has_its_alarms_and_somebody_is_told()
    {
        var alarms = Production.Of("AWS::CloudWatch::Alarm").ToList();
        var names = alarms.Select(alarm => alarm.Path).ToHashSet();
        Assert.All(TopologyLines.Programs, program => Assert.Superset(new HashSet<string> { $"Alarms/{program.Name}-Errors", $"Alarms/{program.Name}-Throttles" }, names));
        Assert.All(ShopTopology.Queues, queue => Assert.Superset(new HashSet<string> { $"Alarms/{queue.Name}-Age", $"Alarms/{queue.DeadLettersName}" }, names));
        Assert.Contains("Alarms/Commands-IteratorAge", names);
        Assert.All(alarms, alarm => Assert.Contains("Alerts/Topic", Production.Tell(alarm, "AlarmActions"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_alarm_on_lag_is_on_what_the_canary_records_and_on_its_silence()
    {
        var alarm = Production.At("AWS::CloudWatch::Alarm", "Alarms/Lag");
        Assert.Equal((ShopTopology.Lag.Namespace, ShopTopology.Lag.Name), (alarm["Namespace"]!.ToString(), alarm["MetricName"]!.ToString()));
        Assert.Equal("[{Name:FunctionName,Value:${CanaryToLag/Function}}]", Production.Tell(alarm, "Dimensions"));
        Assert.Equal(ShopTopology.All.Watch.LagLimit.TotalMilliseconds, (double)alarm["Threshold"]!);
        Assert.Equal("breaching", alarm["TreatMissingData"]!.ToString());
        Assert.True((int)alarm["Period"]! >= ((ScheduleMapping)ShopTopology.CanaryToLag.Mapping).Every.TotalSeconds);
    }

    [Fact]
    public void The_errors_of_a_function_on_a_schedule_are_counted_by_its_period() => Assert.All(
        ShopTopology.Functions.Where(function => function.Mapping is ScheduleMapping),
        function => Assert.Equal(((ScheduleMapping)function.Mapping).Every.TotalSeconds, (double)Production.At("AWS::CloudWatch::Alarm", $"Alarms/{function.Name}-Errors")["Period"]!));

    [Fact]
    public void What_the_operator_needs_is_an_output()
    {
        Assert.Equal("${Identity/Pool}", Told("data", DeployedNames.UserPoolId));
        Assert.Equal("${Identity/Pool/Shop}", Told("data", DeployedNames.ClientId));
        Assert.Equal("${commands/Stream}", Told("data", DeployedNames.CommandStream));
        Assert.Equal("${MasterKey.Arn}", Told("data", DeployedNames.MasterKeyArn));
        Assert.Equal("Host=clickhouse.shop.internal;Port=8123;Username=shop;Database=shop",
            Told("data", DeployedNames.ClickHouse));
        Assert.Equal("${ClickHouse/Password}", Told("data", DeployedNames.ClickHouseSecretArn));
        Assert.Equal("${ClickHouse/Node/Instance}", Told("data", DeployedNames.ClickHouseInstanceId));
        Assert.All(ShopTopology.Tables, table => Assert.Equal($"${{Tables/{table.Name}}}", Told("data", DeployedNames.TableName(table))));
        Assert.Equal("https://${Edge/Distribution.DomainName}", Told("services", DeployedNames.EdgeUrl));
        Assert.Equal("${Edge/Distribution}", Told("services", DeployedNames.DistributionId));
        Assert.Equal("${events/Topic}", Told("services", DeployedNames.EventTopicArn));
        Assert.All(ShopTopology.Queues, queue => Assert.Equal($"${{{queue.Name}/Queue}}", Told("services", DeployedNames.QueueUrl(queue.Name))));
        Assert.All(ShopTopology.Queues, queue => Assert.Equal($"${{{queue.Name}/DeadLetters}}", Told("services", DeployedNames.QueueUrl(queue.DeadLettersName))));
    }

    [Fact]
    public void A_replicated_ClickHouse_elsewhere_is_told_as_such_and_has_no_instance()
    {
        var outputs = synthesis.Development.Templates["shop-dev-data"]["Outputs"]!;
        Assert.Equal("true", outputs[DeployedNames.ClickHouseReplicated]!["Value"]!.ToString());
        Assert.Equal(synthesis.DevelopmentOptions.ClickHouse!.SecretArn, outputs[DeployedNames.ClickHouseSecretArn]!["Value"]!.ToString());
        Assert.Null(outputs[DeployedNames.ClickHouseInstanceId]);
    }

    private static Resource HttpApiOf(Cloud cloud) => cloud.Of("AWS::ApiGatewayV2::Api").Single(api => api["ProtocolType"]?.ToString() == "HTTP");

    /// <summary>The parts of the HTTP API, without those of the sockets.</summary>
    private static IEnumerable<Resource> OfHttp(Cloud cloud, string type) => cloud.Of(type).Where(part => !Integrations.IsOfSockets(cloud, part));

    private string Told(string stack, string output) => Production.Tell($"shop-prod-{stack}", Production.Templates[$"shop-prod-{stack}"]["Outputs"]![output]!["Value"]);

    private List<string> DependsOn(string path)
    {
        var resource = Production.At("AWS::Lambda::Function", path);
        return [.. ((JsonArray)resource.Node["DependsOn"]!).Select(id => Production.Resources.Single(other => other.Stack == resource.Stack && other.Id == id!.ToString()).Path)];
    }
}
