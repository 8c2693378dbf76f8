using System.Net;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// A caller and its place: a function or an instance, its subnet (null outside a network) and its security groups.
/// </summary>
public sealed record Caller(
    Resource Resource,
    Resource? Subnet,
    IReadOnlyList<Resource> Groups);

/// <summary>
/// The subnets, routes, gateways and security groups of the templates. It decides whether a connection succeeds.
/// </summary>
public sealed class NetworkMap(Cloud cloud)
{
    /// <summary>Returns why a caller cannot reach the internet or an AWS service; null if it can.</summary>
    /// <param name="service">The last part of an endpoint's name, such as <c>s3</c>; null for another host.</param>
    public string? ObstacleOutside(Caller from, string? service, int port)
    {
        if (from.Subnet is not { } subnet) return null;
        if (!IsOn(VpcOf(subnet), "EnableDnsSupport")) return "its network resolves no names";
        if (!from.Groups.Any(group => LetsOut(group, port))) return "its security groups let nothing out";
        if (HasAcl(subnet)) return "a network ACL stands before its subnet, which this rule does not read";
        return service is not null && HasGatewayEndpoint(subnet, service) ? null
            : ObstacleOnDefaultRoute(from, subnet, port);
    }

    /// <summary>Returns why a caller cannot reach an instance; null if it can.</summary>
    public string? ObstacleInside(Caller from, Resource instance, int port)
    {
        if (from.Subnet is not { } subnet) return "it is in no network";
        var there = SubnetOf(instance);
        if (there is null || VpcOf(there).Id != VpcOf(subnet).Id) return "it is in another network";
        if (!from.Groups.Any(group => LetsOut(group, port))) return "its security groups let nothing out";
        return Accepts(instance, from, subnet, port) ? null
            : $"the security groups of {instance.Path} do not accept it";
    }

    /// <summary>Returns the instance that a private name resolves to for a caller, or why there is none.</summary>
    public (Resource? Instance, string? Obstacle) Named(Caller from, string host)
    {
        var zone = cloud.Of("AWS::Route53::HostedZone")
            .SingleOrDefault(zone => host.EndsWith($".{zone["Name"]!.ToString().TrimEnd('.')}",
            StringComparison.Ordinal));
        if (zone is null) return (null, $"nobody knows the name {host}");
        if (from.Subnet is not { } subnet) return (null, "it is in no network");
        var vpc = VpcOf(subnet);
        if (!References.Listed(zone["VPCs"]).Any(known =>
            cloud.Target(zone.Stack, known["VPCId"])?.Id == vpc.Id)) return (null,
            "its network does not know the zone of that name");
        // Private zones need both (Route 53 Developer Guide, "Considerations when working with a private hosted zone").
        if (!IsOn(vpc, "EnableDnsSupport") || !IsOn(vpc, "EnableDnsHostnames")) return (null,
            "its network does not resolve private names");
        var record = cloud.Of("AWS::Route53::RecordSet")
            .SingleOrDefault(record => record["Name"]!.ToString().TrimEnd('.') == host
            && cloud.Target(record, "HostedZoneId")?.Id == zone.Id);
        return record is not null && cloud.Targets(record.Stack, record["ResourceRecords"])
            .SingleOrDefault() is { Type: "AWS::EC2::Instance" } instance ? (instance, null)
            : (null, $"{host} stands for no instance");
    }

    public Resource? SubnetOf(Resource instance) => cloud.Target(instance, "SubnetId");

    public IReadOnlyList<Resource> GroupsOf(Resource instance) =>
        [.. cloud.Targets(instance.Stack, instance["SecurityGroupIds"])];

    public Resource? RouteTableAssociationOf(Resource subnet) => cloud.Of("AWS::EC2::SubnetRouteTableAssociation")
        .SingleOrDefault(association => cloud.Target(association, "SubnetId")?.Id == subnet.Id);

    public Resource? DefaultRouteOf(Resource subnet) => RouteTableAssociationOf(subnet) is { } association
        ? cloud.Of("AWS::EC2::Route").SingleOrDefault(route => route["DestinationCidrBlock"]?.ToString() == "0.0.0.0/0"
            && cloud.Target(route, "RouteTableId")?.Id == cloud.Target(association, "RouteTableId")?.Id)
        : null;

    private string? ObstacleOnDefaultRoute(Caller from, Resource subnet, int port)
    {
        if (DefaultRouteOf(subnet) is not { } route) return "its subnet has no route out";
        if (cloud.Target(route, "GatewayId") is { Type: "AWS::EC2::InternetGateway" } gateway)
            return !IsAttached(gateway) ? "the internet gateway is attached to no network"
                : from.Resource.Type == "AWS::EC2::Instance"
                    && subnet["MapPublicIpOnLaunch"]?.ToString() == "true" ? null
                : "its subnet routes to the internet gateway, and it has no public address";
        if (cloud.Target(route, "NatGatewayId") is { } nat) return cloud.Target(nat, "SubnetId") is { } outside
            && LeadsOut(outside) ? null : "the NAT gateway has no way out";
        if (cloud.Target(route, "InstanceId") is not { } router) return "its default route leads nowhere";
        if (router["SourceDestCheck"]?.ToString() != "false") return $"{router.Path} passes nothing on";
        if (!Accepts(router, from, subnet, port)) return $"the security groups of {router.Path} do not accept it";
        return SubnetOf(router) is { } itsSubnet && itsSubnet.Id != subnet.Id
            ? ObstacleOutside(new Caller(router, itsSubnet, GroupsOf(router)), service: null, port)
            : $"{router.Path} is behind its own route";
    }

    private bool LeadsOut(Resource subnet) => DefaultRouteOf(subnet) is { } route
        && cloud.Target(route, "GatewayId") is { } gateway && IsAttached(gateway);

    private bool IsAttached(Resource gateway) => cloud.Of("AWS::EC2::VPCGatewayAttachment")
        .Any(attachment => cloud.Target(attachment, "InternetGatewayId")?.Id == gateway.Id);

    private bool HasGatewayEndpoint(Resource subnet, string service) => cloud.Of("AWS::EC2::VPCEndpoint")
        .Any(endpoint =>
        endpoint["VpcEndpointType"]?.ToString() == "Gateway" && endpoint["PolicyDocument"] is null
        && cloud.Tell(endpoint, "ServiceName").EndsWith($".{service}", StringComparison.Ordinal)
        && cloud.Targets(endpoint.Stack, endpoint["RouteTableIds"])
            .Any(table => RouteTableAssociationOf(subnet) is { } association
            && cloud.Target(association, "RouteTableId")?.Id == table.Id));

    private bool HasAcl(Resource subnet) => cloud.Of("AWS::EC2::SubnetNetworkAclAssociation")
        .Any(association => cloud.Target(association, "SubnetId")?.Id == subnet.Id);

    /// <summary>
    /// Responses need no rule: security groups remember connections (VPC User Guide, "Security groups").
    /// </summary>
    private bool Accepts(Resource instance, Caller from, Resource subnet, int port) => GroupsOf(instance)
        .SelectMany(IngressOf).Any(rule =>
        Covers(rule.Rule, port)
        && ((rule.Rule["CidrIp"]?.ToString() is { } cidr && Contains(cidr, subnet["CidrBlock"]!.ToString()))
            || (cloud.Target(rule.Stack, rule.Rule["SourceSecurityGroupId"]) is { } group
                && from.Groups.Any(own => own.Id == group.Id))));

    private IEnumerable<(string Stack, JsonNode Rule)> IngressOf(Resource group) =>
    [
        .. References.Listed(group["SecurityGroupIngress"]).Select(rule => (group.Stack, rule)),
        .. cloud.Of("AWS::EC2::SecurityGroupIngress").Where(rule => cloud.Target(rule, "GroupId")?.Id == group.Id)
            .Select(rule => (rule.Stack, (JsonNode)rule.Properties)),
    ];

    private static bool LetsOut(Resource group, int port) => References.Listed(group["SecurityGroupEgress"])
        .Any(rule => rule["CidrIp"]?.ToString() == "0.0.0.0/0" && Covers(rule, port));

    private static bool Covers(JsonNode rule, int port) =>
        rule["IpProtocol"]?.ToString() is "-1"
            || (rule["IpProtocol"]?.ToString() is "tcp" or "6" && (int)rule["FromPort"]! <= port
            && port <= (int)rule["ToPort"]!);

    private static bool Contains(string outer, string inner)
    {
        var (around, within) = (IPNetwork.Parse(outer), IPNetwork.Parse(inner));
        return around.PrefixLength <= within.PrefixLength && around.Contains(within.BaseAddress);
    }

    private Resource VpcOf(Resource subnet) => cloud.Target(subnet, "VpcId")!;

    private static bool IsOn(Resource vpc, string property) => vpc[property]?.ToString() == "true";
}
