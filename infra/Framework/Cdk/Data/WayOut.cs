using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Operations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// A NAT instance that connects a private subnet to the internet. The smallest size costs $7 a month. A NAT gateway
/// costs $33 before traffic; endpoints for the six services that the programs call in their network would cost $44.
/// CDK's own NAT instance allows no inbound traffic by default, installs its packages only once, and does not report
/// success.
/// </summary>
public sealed class WayOut : Construct
{
    public WayOut(Construct scope, SystemTopology system, Vpc vpc, ITopic alerts)
        : base(scope, "WayOut")
    {
        var inside = vpc.PrivateSubnets[0];
        var group = new SecurityGroup(this, "Group", new SecurityGroupProps { Vpc = vpc, Description = "The way out" });
        group.AddIngressRule(Peer.Ipv4(inside.Ipv4CidrBlock), Port.AllTraffic(), "What the private subnet sends out");
        var machine = new Machine(this, "Router", new MachineProps(
            system,
            vpc.PublicSubnets[0],
            "t4g.nano",
            group,
            new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("ec2.amazonaws.com") }),
            "way-out.sh",
            new Dictionary<string, string>(),
            DiskGigabytes: 8,
            // Its script installs a package from the internet.
            Needs: [vpc.PublicSubnets[0].InternetConnectivityEstablished],
            IsRouter: true));
        var route = new CfnRoute(this, "Route", new CfnRouteProps
        {
            RouteTableId = inside.RouteTable.RouteTableId,
            DestinationCidrBlock = "0.0.0.0/0",
            InstanceId = machine.Instance.Ref,
        });
        Needed = [route, machine.ReadyAfter()];
        new Alarms(this, alerts).OverStatus("Way out", machine.Instance.Ref);
    }

    /// <summary>The resources that an instance behind it must wait for.</summary>
    public IDependable[] Needed { get; }
}
