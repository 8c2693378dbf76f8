# Mounts the data volume, installs ClickHouse, backs it up every night, and reports every five minutes how it does.
data=/var/lib/clickhouse
changed=no

# CloudFormation detaches the volume of an instance that it takes back. It must not be mounted then
# (CloudFormation Template Reference, AWS::EC2::VolumeAttachment).
undo() {
  systemctl stop clickhouse-server
  umount "$data"
}

# By the volume's own id: device names move (EC2 User Guide, "Map Amazon EBS volumes to NVMe device names"). It is attached after the instance runs.
volume='@@VOLUME@@'
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volume//-/}
retry test -e "$device"
# blkid says 2 when it finds nothing. Only a volume that also begins with a MiB of zeros is new.
if blkid -p "$device"; then
  echo 'the volume has data'
else
  [ $? -eq 2 ] || fail 'the volume cannot be read'
  cmp --quiet --bytes=1048576 "$device" /dev/zero || fail 'the volume is not empty, and has no file system'
  mkfs.xfs "$device"
fi
uuid=$(blkid -p -s UUID -o value "$device")
sed -i "\# $data #d" /etc/fstab
echo "UUID=$uuid $data xfs defaults,noatime,nofail 0 2" >>/etc/fstab
mkdir -p "$data" /etc/systemd/system/clickhouse-server.service.d
# Without its volume ClickHouse must not start: systemd.unit(5), RequiresMountsFor and AssertPathIsMountPoint.
put /etc/systemd/system/clickhouse-server.service.d/@@NAME@@.conf <<UNIT
[Unit]
RequiresMountsFor=$data
AssertPathIsMountPoint=$data
UNIT
systemctl daemon-reload
mountpoint --quiet "$data" || mount "$data"
[ "$(findmnt --noheadings --output UUID --mountpoint "$data")" = "$uuid" ] || fail "another volume is mounted at $data"
xfs_growfs "$data"

# The stable line that local play uses too. How to install it: ClickHouse Docs, "Install ClickHouse on rpm-based Linux distributions".
version='@@VERSION@@'
case "$(rpm -q --queryformat '%{VERSION}' clickhouse-server || true)" in
  "$version".*) ;;
  *)
    retry curl --fail --silent --show-error --location --max-time 60 --output /etc/yum.repos.d/clickhouse.repo https://packages.clickhouse.com/rpm/clickhouse.repo
    retry dnf install -y "clickhouse-server-$version.*" "clickhouse-client-$version.*"
    changed=yes
    ;;
esac
# Another instance may have numbered its users otherwise.
[ "$(stat --format %U "$data")" = clickhouse ] || chown -R clickhouse:clickhouse "$data"

# The password never stands in the user data.
password=$(retry aws secretsmanager get-secret-value --region '@@REGION@@' --secret-id '@@SECRET@@' --query SecretString --output text)
hash=$(printf %s "$password" | sha256sum | cut -d' ' -f1)
put /etc/clickhouse-server/users.d/@@NAME@@.xml <<XML
<clickhouse><users>
  <default remove="1"/>
  <@@NAME@@><password_sha256_hex>$hash</password_sha256_hex><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></@@NAME@@>
</users></clickhouse>
XML
# Text logs are small enough for the root disk. Of the system's tables two are kept for a week, the others are not written.
put /etc/clickhouse-server/config.d/@@NAME@@.xml <<'XML'
@@CONFIG@@
XML

declare -f retry | put /usr/local/lib/@@NAME@@-retry
put /usr/local/bin/@@NAME@@-clickhouse <<'SH'
#!/bin/bash
# @@NAME@@-clickhouse SQL: runs it on this machine's ClickHouse.
set -euo pipefail
. /usr/local/lib/@@NAME@@-retry
password=$(retry aws secretsmanager get-secret-value --region '@@REGION@@' --secret-id '@@SECRET@@' --query SecretString --output text)
curl --fail --silent --show-error --user "@@NAME@@:$password" http://127.0.0.1:8123/ --data-binary "$1"
SH
put /usr/local/bin/@@NAME@@-backup <<'SH'
#!/bin/bash
# A whole backup under a name of its own. The bucket's lifecycle removes it after five weeks.
set -euo pipefail
/usr/local/bin/@@NAME@@-clickhouse "BACKUP DATABASE @@NAME@@ TO S3('https://@@BUCKET@@.s3.@@REGION@@.amazonaws.com/nightly/$(date -u +%FT%H%M)/')"
touch /var/lib/@@NAME@@/backup
# System tables of any version keep no partition that ended a week ago.
/usr/local/bin/@@NAME@@-clickhouse "SELECT DISTINCT table, partition_id FROM system.parts WHERE database = 'system' AND active AND max_date < today() - 7 FORMAT TSV" |
  while read -r table partition; do /usr/local/bin/@@NAME@@-clickhouse "ALTER TABLE system.\`$table\` DROP PARTITION ID '$partition'"; done
SH
put /usr/local/bin/@@NAME@@-watch <<'SH'
#!/bin/bash
# Four numbers for the alarms of ClickHouseNode.cs. A node that says nothing alarms too.
set -euo pipefail
used() { df --output=pcent "$1" | tail -n 1 | tr -dc 0-9; }
down=0
curl --fail --silent --output /dev/null --max-time 20 http://127.0.0.1:8123/ping || down=1
age=$((($(date +%s) - $(stat --format %Y /var/lib/@@NAME@@/backup)) / 3600))
of='Dimensions=[{Name=Stack,Value=@@STACK@@}]'
. /usr/local/lib/@@NAME@@-retry
retry aws cloudwatch put-metric-data --region '@@REGION@@' --namespace @@TITLE@@ --metric-data \
  "MetricName=NodeDown,Unit=Count,Value=$down,$of" "MetricName=NodeDataDisk,Unit=Percent,Value=$(used /var/lib/clickhouse),$of" \
  "MetricName=NodeRootDisk,Unit=Percent,Value=$(used /),$of" "MetricName=NodeBackupAge,Unit=Count,Value=$age,$of"
SH
chmod 700 /usr/local/bin/@@NAME@@-{clickhouse,backup,watch}
[ -e /var/lib/@@NAME@@/backup ] || touch /var/lib/@@NAME@@/backup
put /etc/systemd/system/@@NAME@@-watch.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/usr/local/bin/@@NAME@@-watch
UNIT
# A backup that fails is tried again three times.
put /etc/systemd/system/@@NAME@@-backup.service <<'UNIT'
[Unit]
StartLimitIntervalSec=6h
StartLimitBurst=4
[Service]
Type=oneshot
ExecStart=/usr/local/bin/@@NAME@@-backup
Restart=on-failure
RestartSec=10min
UNIT
timer() { # timer NAME SCHEDULE
  printf '[Timer]\nOnCalendar=%s\nPersistent=true\n[Install]\nWantedBy=timers.target\n' "$2" | put "/etc/systemd/system/@@NAME@@-$1.timer"
}
timer backup '*-*-* 03:00:00 UTC'
timer watch '*:0/5'

systemctl daemon-reload
systemctl enable clickhouse-server
if [ "$changed" = yes ]; then systemctl restart clickhouse-server; else systemctl start clickhouse-server; fi
systemctl enable --now @@NAME@@-backup.timer @@NAME@@-watch.timer
retry curl --fail --silent --show-error --max-time 10 http://127.0.0.1:8123/ping
retry /usr/local/bin/@@NAME@@-clickhouse 'SELECT version()' | grep --fixed-strings "$version."
